package dev.yagura.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeIdTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00.123Z");

  @Test
  void ids_sort_by_time_and_differ() {
    String first = TimeId.at(NOW);
    String second = TimeId.at(NOW.plusMillis(1));
    assertThat(first).isLessThan(second).isNotEqualTo(TimeId.at(NOW));
    UUID read = UUID.fromString(first);
    assertThat(read.version()).isEqualTo(7);
    assertThat(read.variant()).isEqualTo(2);
    assertThat(read.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void a_derived_id_is_always_the_same_and_near_in_time() {
    String id = TimeId.at(NOW);
    String derived = TimeId.derived(id, "run");
    assertThat(derived)
        .isEqualTo(TimeId.derived(id, "run"))
        .isNotEqualTo(TimeId.derived(id, "floor"))
        .startsWith(id.substring(0, 13));
    assertThat(UUID.fromString(derived).version()).isEqualTo(7);
  }

  @Test
  void an_id_without_a_time_has_derived_ids_too() {
    String random = "0b8f6f6e-4a3f-4b1f-9a55-2f0f4cf0a001";
    assertThat(TimeId.derived(random, "run")).isEqualTo(TimeId.derived(random, "run"));
    assertThat(UUID.fromString(TimeId.derived("no uuid", "run"))).isNotNull();
  }
}
