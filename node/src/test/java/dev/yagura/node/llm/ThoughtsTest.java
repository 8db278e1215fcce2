package dev.yagura.node.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.model.ChatAnswer;
import dev.yagura.model.Usage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThoughtsTest {
  private static Thoughts of(String text) {
    return Thoughts.of(new ChatAnswer(text, "", "end_turn", Usage.NONE), true);
  }

  @Test
  void tells_what_is_said_from_what_is_thought() {
    assertThat(of("<think>a</think>\n\n\nSo. <THINK>b</THINK>Yes."))
        .isEqualTo(new Thoughts("So. Yes.", "a\nb"));
    assertThat(of("<think>never closed")).isEqualTo(new Thoughts("<think>never closed", ""));
  }

  @Test
  void thoughts_that_are_opened_without_end_are_text() {
    String text = "<think>".repeat(57_000);
    assertThat(of(text).text()).isEqualTo(text);
  }
}
