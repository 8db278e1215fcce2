package dev.yagura.graph;

import java.util.Locale;

/** The status of a run (dify-contract §3.2). */
public enum RunStatus {
  RUNNING,
  PAUSED,
  SUCCEEDED,
  PARTIAL_SUCCEEDED,
  FAILED,
  STOPPED;

  /** As the API spells it: {@code partial-succeeded}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static RunStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
