package dev.yagura.server.cli;

import dev.yagura.server.config.Config;
import dev.yagura.server.config.ConfigReader;
import dev.yagura.server.config.Key;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say which configuration counts. */
final class ConfigOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the store, files and keys; default: data.")
  @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file (YAML); default: $YAGURA_CONFIG, else none.")
  @Nullable String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the configuration; see docs/configuration.md.")
  Map<String, String> settings = new LinkedHashMap<>();

  /** The configuration, with further values of the command line. */
  Config read(Console console, CommandLine command, Map<Key, String> more) {
    Map<Key, String> options = new EnumMap<>(Key.class);
    settings.forEach((name, value) -> options.put(key(command, name), value));
    if (data != null) {
      options.put(Key.DATA, data);
    }
    options.putAll(more);
    String file = config == null ? console.environment().get("YAGURA_CONFIG") : config;
    return ConfigReader.read(
        file == null || file.isBlank() ? null : Path.of(file), console.environment(), options);
  }

  private static Key key(CommandLine command, String name) {
    for (Key key : Key.values()) {
      if (key.path().equals(name)) {
        return key;
      }
    }
    throw new CommandLine.ParameterException(
        command, "--set: '" + name + "' is no key (expected: see docs/configuration.md)");
  }
}
