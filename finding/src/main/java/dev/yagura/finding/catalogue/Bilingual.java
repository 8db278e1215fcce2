package dev.yagura.finding.catalogue;

import dev.yagura.finding.Language;

/** The same in both languages. */
public record Bilingual(String en, String ja) {
  public String in(Language language) {
    return language == Language.JA ? ja : en;
  }
}
