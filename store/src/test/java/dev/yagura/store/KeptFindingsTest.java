package dev.yagura.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.run.FindingStore.Accepted;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings are counted by what is kept in the place of the app. */
class KeptFindingsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  @TempDir Path folder;

  @Test
  void those_that_begin_so_are_counted_and_the_last_come_first() throws Exception {
    try (Store store = Store.open(folder, InstantSource.fixed(NOW))) {
      String[] apps = {
        "", "an-app", "exempt:{\"rule\":\"a\"}", "exempt:{\"rule\":\"b\"}", "exemptx"
      };
      for (int i = 0; i < 10; i++) {
        var finding =
            new Accepted("id" + i, "r" + i, "f", "{}", NOW.plusSeconds(i), apps[i % apps.length]);
        assertThat(store.findings().accept(finding).duplicate()).isFalse();
      }
      assertThat(store.keptFindings().counts("exempt:"))
          .containsOnly(
              Map.entry("exempt:{\"rule\":\"a\"}", 2), Map.entry("exempt:{\"rule\":\"b\"}", 2));
      assertThat(store.keptFindings().last("exempt:", 3))
          .extracting(Accepted::id)
          .containsExactly("id8", "id7", "id3");
      assertThat(store.keptFindings().counts("nothing:")).isEmpty();
    }
  }
}
