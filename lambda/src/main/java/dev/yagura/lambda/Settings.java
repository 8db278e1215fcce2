package dev.yagura.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment of the function says: {@code HOST}, {@code API_KEY}, {@code MODE}, {@code
 * TIMEOUT_SECONDS}. No value is ever repeated in a message: somebody may have put the key into the
 * wrong variable.
 *
 * @param base scheme, host and port of the server
 * @param timeout for one event, all attempts together
 */
record Settings(URI base, String apiKey, Mode mode, Duration timeout) {
  /** What becomes of a finding. */
  enum Mode {
    /** It is handed over; the server answers when it is durable and works afterwards. */
    FINDINGS("/v1/findings", 15),
    /** The workflow of the key runs while this function waits. */
    RUN("/v1/workflows/run", 300);

    final String path;
    private final int seconds;

    Mode(String path, int seconds) {
      this.path = path;
      this.seconds = seconds;
    }
  }

  /** The function cannot work like this; the message names everything that is wrong. */
  static final class WrongSettings extends IllegalArgumentException {
    WrongSettings(List<String> problems) {
      super("environment of the function: " + String.join("; ", problems));
    }
  }

  private static final int MAX_SECONDS = 890;
  private static final String EXPECTED_HOST =
      "(expected: the host of Yagura with its port where it is not 443, for example"
          + " yagura.example.com or http://10.0.0.5:8080; without a scheme it is https)";

  static Settings from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    URI base = base(environment.get("HOST"), problems);
    String key = key(environment.get("API_KEY"), problems);
    Mode mode = mode(environment.getOrDefault("MODE", ""), problems);
    Duration timeout = timeout(environment.getOrDefault("TIMEOUT_SECONDS", ""), mode, problems);
    if (!problems.isEmpty() || base == null) {
      throw new WrongSettings(problems);
    }
    return new Settings(base, key, mode, timeout);
  }

  private static @Nullable URI base(@Nullable String host, List<String> problems) {
    if (host == null || host.isBlank()) {
      problems.add("HOST is not set " + EXPECTED_HOST);
      return null;
    }
    String text = host.strip();
    try {
      URI uri = new URI(text.contains("://") ? text : "https://" + text);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      boolean bare =
          uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (uri.getHost() != null
          && List.of("http", "https").contains(scheme)
          && uri.getPort() <= 65_535
          && bare
          && List.of("", "/", "/v1", "/v1/").contains(uri.getRawPath())) {
        return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException unusedRepeatsTheValue) {
      // the problem below says what was expected
    }
    problems.add("HOST is not the address of a server " + EXPECTED_HOST);
    return null;
  }

  /** A key that no header can carry would be repeated in the exception of the HTTP client. */
  private static String key(@Nullable String key, List<String> problems) {
    String text = key == null ? "" : key.strip();
    if (text.isEmpty()) {
      problems.add("API_KEY is not set (expected: what ./yagura key create has printed)");
    } else if (!text.matches("[\\x21-\\x7e]{8,512}")) {
      problems.add(
          "API_KEY cannot be a key (expected: 8 to 512 visible ASCII characters, as ./yagura key"
              + " create has printed them)");
    }
    return text;
  }

  private static Mode mode(String mode, List<String> problems) {
    return switch (mode.strip().toLowerCase(Locale.ROOT)) {
      case "", "findings" -> Mode.FINDINGS;
      case "run" -> Mode.RUN;
      default -> {
        problems.add("MODE is unknown (expected: findings or run; without it findings)");
        yield Mode.FINDINGS;
      }
    };
  }

  private static Duration timeout(String seconds, Mode mode, List<String> problems) {
    if (seconds.isBlank()) {
      return Duration.ofSeconds(mode.seconds);
    }
    String text = seconds.strip();
    int value = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (value < 1 || value > MAX_SECONDS) {
      problems.add(
          "TIMEOUT_SECONDS is out of range (expected: a whole number from 1 to "
              + MAX_SECONDS
              + "; without it 15, with MODE=run 300)");
      return Duration.ofSeconds(mode.seconds);
    }
    return Duration.ofSeconds(value);
  }

  @Override
  public String toString() {
    return "Settings[" + base + ", " + mode + ", " + timeout + "]";
  }
}
