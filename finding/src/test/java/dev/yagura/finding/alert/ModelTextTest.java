package dev.yagura.finding.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelTextTest {
  @Test
  void marks_of_markdown_do_not_stand_in_an_alert() {
    assertThat(ModelText.plain("## Next\n- **Check** the `sg-1`\n  * __now__\n2 * 3 - 1"))
        .isEqualTo("Next\n• Check the `sg-1`\n  • now\n2 * 3 - 1");
  }
}
