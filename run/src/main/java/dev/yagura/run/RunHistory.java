package dev.yagura.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds runs again. */
public interface RunHistory {
  /**
   * @param app whose runs
   * @param status as Dify writes it, or empty for all
   * @param keyword that the inputs or outputs hold, or empty
   * @param user or empty
   * @param after null for no bound
   * @param before null for no bound
   * @param page from 1
   * @param limit per page
   */
  record Query(
      String app,
      String status,
      String keyword,
      String user,
      @Nullable Instant after,
      @Nullable Instant before,
      int page,
      int limit) {}

  /** A page of runs, the newest first, and how many there are in all. */
  record Page(List<RunRecord> runs, int total) {}

  Page find(Query query);

  /** The run that was started with this key. */
  Optional<RunRecord> withKey(String app, String key);
}
