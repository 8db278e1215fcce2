package dev.yagura.bench;

import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Questions and answers of a document, with a model that takes two seconds for each part: once
 * without a stop, and once in a process that is killed in the middle and started again. Counts the
 * parts whose answer came twice.
 */
public final class QuestionsBench {
  static final int PARALLEL = 16;
  private static final String WORK = "--work";

  private QuestionsBench() {}

  /** The document, and the folder to measure in. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals(WORK)) {
      work(Path.of(arguments[1]), Path.of(arguments[2]));
      return;
    }
    if (arguments.length < 1 || !Files.isReadable(Path.of(arguments[0]))) {
      System.err.println("usage: bench/run questions DOCUMENT [DIR]  (expected: a document)");
      System.exit(2);
    }
    Path document = Path.of(arguments[0]);
    Path parent =
        arguments.length > 1
            ? Path.of(arguments[1])
            : Path.of(System.getProperty("java.io.tmpdir"));
    whole(document, Files.createTempDirectory(parent, "bench"));
    killed(document, Files.createTempDirectory(parent, "bench"));
  }

  private static void whole(Path document, Path folder) throws Exception {
    long start = System.nanoTime();
    Process process = child(document, folder);
    int exit = process.waitFor();
    long parts = lines(folder, "answered").size();
    long rounds = (parts + PARALLEL - 1) / PARALLEL;
    System.out.printf(
        "without a stop: %d parts, %.1f s from the first call to the last answer, %.1f s with start"
            + " and reading, exit %d; %d rounds of %d calls of %.0f s are %.0f s%n",
        parts,
        Files.getLastModifiedTime(folder.resolve("answered")).toMillis() / 1e3
            - Files.getLastModifiedTime(folder.resolve("first")).toMillis() / 1e3,
        (System.nanoTime() - start) / 1e9,
        exit,
        rounds,
        PARALLEL,
        SlowModels.SECONDS,
        rounds * SlowModels.SECONDS);
    delete(folder);
  }

  private static void killed(Path document, Path folder) throws Exception {
    int kills = 0;
    for (int after : List.of(20, 40)) {
      Process process = child(document, folder);
      while (lines(folder, "answered").size() < after && process.isAlive()) {
        boolean unused = process.waitFor(50, TimeUnit.MILLISECONDS);
      }
      if (process.isAlive()) {
        process.destroyForcibly();
        kills++;
      }
      int unused = process.waitFor();
    }
    int exit = child(document, folder).waitFor();
    List<String> asked = lines(folder, "asked");
    List<String> answered = lines(folder, "answered");
    Set<String> parts = new HashSet<>(answered);
    System.out.printf(
        "killed with -9 %d times: exit %d, %d parts, asked %d times, of those %d again because"
            + " their answer had not come; %d answers came twice%n",
        kills,
        exit,
        parts.size(),
        asked.size(),
        asked.size() - new HashSet<>(asked).size(),
        answered.size() - parts.size());
    delete(folder);
  }

  private static List<String> lines(Path folder, String what) throws IOException {
    Path log = folder.resolve(what);
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private static Process child(Path document, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            QuestionsBench.class.getName(),
            WORK,
            document.toString(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** In the process that is killed: takes the document in, or goes on with it. */
  private static void work(Path file, Path folder) throws Exception {
    String name = file.getFileName().toString();
    var settings =
        Document.Settings.of(
            name.substring(name.lastIndexOf('.') + 1),
            DocumentForm.QUESTIONS,
            "Japanese",
            ProcessRule.AUTOMATIC);
    try (Store store = Store.open(folder, InstantSource.system());
        var library =
            new Library(
                new Library.Ports(
                    store.knowledge(),
                    new SlowModels(folder),
                    InstantSource.system(),
                    folder.resolve("knowledge"),
                    PARALLEL,
                    Thread::sleep))) {
      library.open();
      Base base = library.bases().named("Bench");
      Document document =
          library.documents(base.id()).isEmpty()
              ? library.accept(base, name, file, settings).document()
              : library.documents(base.id()).getFirst();
      Document made = library.await(document.id());
      if (!made.isIndexed()) {
        System.out.println(made.state() + " " + made.error());
        System.exit(1);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
