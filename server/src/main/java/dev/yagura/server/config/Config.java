package dev.yagura.server.config;

import dev.yagura.aws.sqs.QueueSettings;
import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.egress.EgressRules;
import dev.yagura.finding.Language;
import dev.yagura.model.Deadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration, checked. */
public final class Config {
  private static final int MAX_SECRET_BYTES = 64 * 1024;

  private final Map<Key, String> values;
  private final Map<String, String> environment;

  Config(Map<Key, String> values, Map<String, String> environment) {
    this.values = new EnumMap<>(Key.class);
    this.values.putAll(values);
    this.environment = environment;
  }

  private String value(Key key) {
    return Objects.requireNonNullElse(values.get(key), key.fallback());
  }

  /** The host to listen on. */
  public String host() {
    String bind = value(Key.BIND);
    return bind.substring(0, bind.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
  }

  /** 0 for any free port. */
  public int port() {
    String bind = value(Key.BIND);
    return Integer.parseInt(bind.substring(bind.lastIndexOf(':') + 1));
  }

  public Path data() {
    return Path.of(value(Key.DATA)).toAbsolutePath().normalize();
  }

  public Language language() {
    return Objects.requireNonNullElse(Language.of(value(Key.LANGUAGE)), Language.EN);
  }

  public ZoneId timeZone() {
    String zone = value(Key.TIME_ZONE);
    return zone.isBlank() ? language().defaultZone() : ZoneId.of(zone);
  }

  public EgressRules egress() {
    return new EgressRules(list(value(Key.EGRESS_ALLOW)), ports());
  }

  private Set<Integer> ports() {
    return list(value(Key.EGRESS_PORTS)).stream()
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Folders by the names of the knowledge bases that they are kept as. */
  public Map<String, Path> knowledgeFolders() {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (String one : list(value(Key.KNOWLEDGE_FOLDERS))) {
      String[] sides = one.split("=", 2);
      folders.put(sides[0].strip(), Path.of(sides[1].strip()));
    }
    return folders;
  }

  /** Queues whose messages are findings. */
  public List<QueueSettings> queues() {
    var endpoint = QueueSettings.endpoint(value(Key.SQS_ENDPOINT));
    return list(value(Key.SQS_QUEUES)).stream()
        .map(one -> QueueSettings.parse(one, endpoint))
        .toList();
  }

  static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  public int count(Key key) {
    return Integer.parseInt(value(key));
  }

  public Duration seconds(Key key) {
    return Duration.ofSeconds(count(key));
  }

  public Deadlines deadlines() {
    return new Deadlines(
        seconds(Key.MODEL_CONNECT_SECONDS),
        seconds(Key.MODEL_FIRST_TOKEN_SECONDS),
        seconds(Key.MODEL_SECONDS));
  }

  public String logLevel() {
    return value(Key.LOG_LEVEL);
  }

  /** The secret that a key refers to: {@code env:NAME} or {@code file:PATH}; empty where unset. */
  public Optional<Secret> secret(Key key) {
    String reference = value(key);
    if (reference.isBlank()) {
      return Optional.empty();
    }
    String name = reference.substring(reference.indexOf(':') + 1);
    String text = reference.startsWith("env:") ? environment.get(name) : read(key, name);
    if (text == null || text.isBlank()) {
      throw Failure.user(
              "InvalidSetting", key.path() + ": " + reference + " is empty (expected: a secret)")
          .asException();
    }
    return Optional.of(new Secret(text.strip()));
  }

  private static String read(Key key, String file) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_SECRET_BYTES) {
        throw new IOException("larger than " + MAX_SECRET_BYTES + " bytes");
      }
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw Failure.user(
              "InvalidSetting",
              key.path()
                  + ": the file "
                  + file
                  + " cannot be read ("
                  + unreadable.getMessage()
                  + ") (expected: a file with the secret)")
          .asException();
    }
  }
}
