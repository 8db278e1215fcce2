import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats every Java file of the project, or with {@code check} only says which files are not formatted. Runs on the
 * JDK of the toolchain, because google-java-format parses with the compiler of the JDK it runs on.
 */
class Format {
  public static void main(String[] args) throws Exception {
    boolean check = !args[0].equals("apply");
    var root = Path.of(args[1]);
    List<Path> changed = new ArrayList<>();
    var formatter = new Formatter();
    for (Path file : sources(root)) {
      String before = Files.readString(file);
      String after;
      try {
        after = formatter.formatSourceAndFixImports(before);
      } catch (FormatterException notJava) {
        System.err.println(root.relativize(file) + ":" + notJava.getMessage());
        System.exit(1);
        return;
      }
      if (!after.equals(before)) {
        changed.add(root.relativize(file));
        if (!check) {
          Files.writeString(file, after);
        }
      }
    }
    if (check && !changed.isEmpty()) {
      changed.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("Run: mvn -N validate -Dformat.mode=apply");
      System.exit(1);
    }
    if (!check) {
      changed.forEach(file -> System.out.println("formatted: " + file));
    }
  }

  private static List<Path> sources(Path root) throws Exception {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> path.toString().contains("/src/"))
          .filter(path -> !path.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
