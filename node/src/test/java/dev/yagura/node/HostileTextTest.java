package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.node.text.FileNames;
import dev.yagura.node.text.LenientJson;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that make patterns look again and again: each ends, long before the deadline. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextTest {
  private static final int LONG = 400_000;

  @Test
  void names_of_files() {
    assertThat(FileNames.ofUrl("http://x/" + "a".repeat(LONG))).hasSize(LONG);
    assertThat(FileNames.ofUrl("https://h/a/b.pdf?x=/y#/z")).isEqualTo("b.pdf");
    assertThat(FileNames.ofUrl("https://h/a/")).isEmpty();
  }

  @Test
  void json_of_a_model() {
    assertThat(LenientJson.object("```".repeat(LONG / 3))).isEmpty();
    assertThat(LenientJson.object("```json" + "\n".repeat(LONG))).isEmpty();
    assertThat(LenientJson.object("{a: x" + " ".repeat(LONG) + "y")).isEmpty();
    assertThat(LenientJson.parse("{a: " + "b ".repeat(LONG / 2))).isEmpty();
    assertThat(LenientJson.parse("[" + ", ".repeat(LONG / 2))).isEmpty();
    assertThat(LenientJson.parse("{a: b c, d: 1}").orElseThrow().toString()).contains("b c");
  }
}
