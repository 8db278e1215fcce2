package dev.yagura.server.config;

import dev.yagura.base.Failure;
import dev.yagura.base.FileTrouble;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.base.Suggestion;
import dev.yagura.dify.YamlDocument;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the configuration; what comes later counts: file, environment, command line. */
public final class ConfigReader {
  private static final String VARIABLE = "YAGURA_";

  /** Variables that the launcher and the command line use themselves. */
  private static final List<String> OTHERS =
      List.of("YAGURA_TTY", "YAGURA_ASK", "YAGURA_JAVA_OPTS", "YAGURA_CONFIG");

  private final Map<Key, String> values = new EnumMap<>(Key.class);
  private final List<Problem> problems = new ArrayList<>();

  private ConfigReader() {}

  /**
   * The configuration; a FlowException with every mistake at once.
   *
   * @param file null for none
   * @param options of the command line, by key
   */
  public static Config read(
      @Nullable Path file, Map<String, String> environment, Map<Key, String> options) {
    var reader = new ConfigReader();
    if (file != null) {
      reader.readFile(file);
    }
    reader.readEnvironment(environment);
    options.forEach((key, value) -> reader.set(key, value, new Place("", 0, 0, "--" + key.path())));
    if (!reader.problems.isEmpty()) {
      throw Failure.user(
              "InvalidConfiguration",
              reader.problems.stream().map(Object::toString).collect(Collectors.joining("\n")))
          .asException();
    }
    return new Config(reader.values, environment);
  }

  private void readFile(Path file) {
    try {
      YamlDocument document = YamlDocument.parse(file.toString(), Files.readString(file));
      switch (document.value()) {
        case Value.Null empty -> {}
        case Value.Obj root -> readLevel(document, root, "", new ArrayList<>());
        default ->
            problems.add(
                Problem.error("no-mapping", "no keys (expected: key: value)", document.place()));
      }
    } catch (YamlDocument.Unreadable broken) {
      problems.add(broken.problem());
    } catch (IOException unreadable) {
      problems.add(
          Problem.error(
              "unreadable",
              "cannot be read: " + FileTrouble.of(unreadable) + " (expected: a readable file)",
              new Place(file.toString(), 0, 0, "")));
    }
  }

  private void readLevel(YamlDocument document, Value.Obj level, String prefix, List<Object> path) {
    level
        .fields()
        .forEach(
            (name, value) -> {
              List<Object> here = new ArrayList<>(path);
              here.add(name);
              Place place = document.place(here.toArray());
              String whole = prefix + name;
              Optional<Key> key = Key.of(whole);
              boolean isGroup = Key.paths().stream().anyMatch(one -> one.startsWith(whole + "."));
              if (key.isPresent()) {
                set(key.get(), text(value), place);
              } else if (isGroup && value instanceof Value.Obj group) {
                readLevel(document, group, whole + ".", here);
              } else {
                problems.add(unknown(whole, place));
              }
            });
  }

  private static Problem unknown(String name, Place place) {
    return Problem.error(
            "unknown-key", "'" + name + "' is no key (expected: see docs/configuration.md)", place)
        .suggest(Suggestion.nearest(name, Key.paths()));
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Null none -> "";
      case Value.Array(List<Value> items) ->
          items.stream().map(ConfigReader::item).collect(Collectors.joining(","));
      default -> Py.str(value);
    };
  }

  /** An item of a list that has parts is written as {@code name=value name=value}. */
  private static String item(Value value) {
    return value instanceof Value.Obj parts
        ? parts.fields().entrySet().stream()
            .map(part -> part.getKey() + "=" + Py.str(part.getValue()))
            .collect(Collectors.joining(" "))
        : Py.str(value);
  }

  private void readEnvironment(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE) && !OTHERS.contains(name)) {
            Place place = new Place("environment", 0, 0, name);
            Optional<Key> key =
                List.of(Key.values()).stream()
                    .filter(one -> one.variable().equals(name))
                    .findFirst();
            if (key.isPresent()) {
              set(key.get(), value, place);
            } else {
              List<String> names = List.of(Key.values()).stream().map(Key::variable).toList();
              problems.add(
                  Problem.error(
                          "unknown-key", "is no key (expected: see docs/configuration.md)", place)
                      .suggest(Suggestion.nearest(name, names)));
            }
          }
        });
  }

  private void set(Key key, String value, Place place) {
    try {
      values.put(key, Values.checked(key, value.strip()));
    } catch (FlowException wrong) {
      problems.add(Problem.error("invalid-value", wrong.failure().message(), place));
    }
  }
}
