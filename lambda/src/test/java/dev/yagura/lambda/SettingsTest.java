package dev.yagura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String KEY = "app-SECRETSECRETSECRET";

  private static Settings of(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return Settings.from(environment);
  }

  @ParameterizedTest
  @CsvSource({
    "yagura.example.com, https://yagura.example.com",
    "yagura.example.com:8443, https://yagura.example.com:8443",
    "10.0.0.5:8080, https://10.0.0.5:8080",
    "http://10.0.0.5:8080, http://10.0.0.5:8080",
    "HTTP://yagura.internal/, http://yagura.internal",
    "https://yagura.example.com/v1, https://yagura.example.com",
    "'  yagura.example.com\n', https://yagura.example.com",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void a_host_may_have_a_scheme_and_a_port(String host, String base) {
    assertThat(of("HOST", host, "API_KEY", KEY).base()).hasToString(base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://yagura.example.com",
        "https://yagura.example.com/install",
        "https://user:hunter22@yagura.example.com",
        "https://yagura.example.com?x=hunter22",
        "yagura example com hunter22",
        "https://",
        "yagura.example.com:99999",
        "under_score.example.com:hunter22",
        "${HOST}"
      })
  void what_is_no_host_is_refused_with_what_was_expected_and_not_repeated(String host) {
    assertThatThrownBy(() -> of("HOST", host, "API_KEY", KEY))
        .isInstanceOf(Settings.WrongSettings.class)
        .hasMessageContaining("HOST is not the address of a server")
        .hasMessageContaining("yagura.example.com or http://10.0.0.5:8080")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void everything_that_is_missing_is_said_at_once() {
    assertThatThrownBy(() -> of("MODE", "fast", "TIMEOUT_SECONDS", "0"))
        .hasMessageContaining("HOST is not set")
        .hasMessageContaining("API_KEY is not set")
        .hasMessageContaining("MODE is unknown (expected: findings or run")
        .hasMessageContaining(
            "TIMEOUT_SECONDS is out of range (expected: a whole number from 1 to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"app-SECRET SECRET", "app-SECRET\nSECRET", "SECRET", "app-SECRET\u00e9"})
  void a_key_that_no_header_can_carry_is_refused_without_printing_it(String key) {
    assertThatThrownBy(() -> of("HOST", "h.example", "API_KEY", key))
        .hasMessageContaining("API_KEY cannot be a key (expected: ")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void the_key_is_not_in_the_text_of_the_settings() {
    Settings settings = of("HOST", "h.example", "API_KEY", KEY + "\n");
    assertThat(settings.apiKey()).isEqualTo(KEY);
    assertThat(settings.toString()).doesNotContain("SECRET");
  }

  @Test
  void modes_have_their_own_timeouts() {
    assertThat(of("HOST", "h", "API_KEY", KEY).timeout()).isEqualTo(Duration.ofSeconds(15));
    Settings run = of("HOST", "h", "API_KEY", KEY, "MODE", "Run");
    assertThat(run.mode()).isEqualTo(Settings.Mode.RUN);
    assertThat(run.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(of("HOST", "h", "API_KEY", KEY, "TIMEOUT_SECONDS", "40").timeout())
        .isEqualTo(Duration.ofSeconds(40));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "891", "1.5", "ten", "99999999999"})
  void a_timeout_is_a_whole_number_of_seconds(String seconds) {
    assertThatThrownBy(() -> of("HOST", "h", "API_KEY", KEY, "TIMEOUT_SECONDS", seconds))
        .hasMessageContaining("from 1 to 890");
  }
}
