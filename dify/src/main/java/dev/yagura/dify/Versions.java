package dev.yagura.dify;

import org.jspecify.annotations.Nullable;

/** Compares the version of a file with ours (dify-contract §1.3, version rule). */
final class Versions {
  /** The newest version whose every feature is read; a newer file needs a person's word. */
  static final String CURRENT = "0.5.0";

  /** What a file without a version is. */
  static final String OLDEST = "0.1.0";

  private Versions() {}

  /** Null where the text is no version. */
  static Imported.@Nullable Status status(String imported) {
    int[] theirs = parse(imported);
    int[] ours = parse(CURRENT);
    if (theirs == null || ours == null) {
      return null;
    }
    for (int i = 0; i < 3; i++) {
      if (theirs[i] > ours[i]) {
        return Imported.Status.PENDING;
      }
      if (theirs[i] < ours[i]) {
        return i == 0
            ? Imported.Status.PENDING
            : i == 1 ? Imported.Status.COMPLETED_WITH_WARNINGS : Imported.Status.COMPLETED;
      }
    }
    return Imported.Status.COMPLETED;
  }

  private static int @Nullable [] parse(String version) {
    if (!version.matches("\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}")) {
      return null;
    }
    String[] parts = version.split("\\.");
    return new int[] {
      Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])
    };
  }
}
