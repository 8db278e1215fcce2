package dev.yagura.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UntrustedTest {
  @Test
  void control_invisible_and_direction_changing_characters_are_gone() {
    assertThat(Untrusted.clean("a\u0000b\u001b[31mc\u202ed\u200be\ufefff\nignore\u2028g", 100))
        .isEqualTo("a b [31mcdef ignore g");
    assertThat(Untrusted.clean("  many   blanks \t here ", 100)).isEqualTo("many blanks here");
  }

  @Test
  void it_is_cut_at_a_whole_character() {
    assertThat(Untrusted.clean("😀".repeat(10), 3)).isEqualTo("😀😀😀…");
  }

  @Test
  void domains_and_urls_are_broken() {
    assertThat(Untrusted.defang("see https://evil.example/x and HTTP://a.b.co", 100))
        .isEqualTo("see hxxps://evil[.]example/x and HxxP://a[.]b[.]co");
    assertThat(Untrusted.defang("version 1.2.3 of 198.51.100.7", 100))
        .isEqualTo("version 1.2.3 of 198.51.100.7");
  }
}
