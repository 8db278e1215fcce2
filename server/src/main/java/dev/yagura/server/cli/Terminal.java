package dev.yagura.server.cli;

/** Text for a terminal: what comes from files must not move the cursor or change colours. */
final class Terminal {
  private Terminal() {}

  /** Without control characters; lines stay lines. */
  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n]]", " ");
  }
}
