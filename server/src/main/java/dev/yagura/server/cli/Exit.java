package dev.yagura.server.cli;

/** What the process ends with. */
final class Exit {
  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int UNUSABLE_INPUT = 3;

  private Exit() {}
}
