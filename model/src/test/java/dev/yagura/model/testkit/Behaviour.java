package dev.yagura.model.testkit;

/** What a stand-in for a provider does. */
public enum Behaviour {
  ANSWERS,
  THINKS_FIRST,
  EMPTY,
  CUT,
  FILTERED,
  THROTTLED,
  DENIED,
  WRONG_REQUEST,
  DOWN,
  SILENT,
  NEVER_ENDS,
  BREAKS_OFF,
  GARBAGE,
  INVALID_UTF8,
  TOO_LONG
}
