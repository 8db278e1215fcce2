package dev.yagura.store;

import dev.yagura.run.Retention;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes in small transactions, so that the writer is never kept from runs for long. */
final class JdbcRetention implements Retention {
  private static final String DELIVERED =
      " AND NOT EXISTS (SELECT 1 FROM outbox WHERE run_id = runs.id AND state <> 'DELIVERED')";

  /** A run whose alert still waits is kept, however old it is. */
  private static final String NOT_WAITING =
      " AND NOT EXISTS (SELECT 1 FROM outbox WHERE run_id = runs.id AND state = 'PENDING')";

  private final Database database;

  JdbcRetention(Database database) {
    this.database = database;
  }

  @Override
  public int deleteBefore(Instant time, int most) {
    return database.write(
        handle -> {
          List<String> runs =
              handle
                  .createQuery(
                      "SELECT id FROM runs WHERE finished_at < :time"
                          + NOT_WAITING
                          + " ORDER BY finished_at LIMIT :most")
                  .bind("time", time.toEpochMilli())
                  .bind("most", most)
                  .mapTo(String.class)
                  .list();
          runs.forEach(run -> delete(handle, run));
          int findings =
              handle.execute(
                  "DELETE FROM findings WHERE id IN (SELECT id FROM findings WHERE received_at < ?"
                      + " AND handled_at IS NOT NULL"
                      + " ORDER BY received_at LIMIT ?)",
                  time.toEpochMilli(),
                  most);
          return runs.size() + findings + deleteOrphans(handle, time, most);
        });
  }

  /** Alerts that no run is kept for, with the texts that they name. */
  private static int deleteOrphans(Handle handle, Instant time, int most) {
    List<String> orphans =
        handle
            .createQuery(
                "SELECT DISTINCT run_id FROM outbox WHERE state <> 'PENDING' AND created_at < :time"
                    + " AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = outbox.run_id)"
                    + " AND NOT EXISTS (SELECT 1 FROM outbox waiting WHERE waiting.run_id ="
                    + " outbox.run_id AND waiting.state = 'PENDING') LIMIT :most")
            .bind("time", time.toEpochMilli())
            .bind("most", most)
            .mapTo(String.class)
            .list();
    orphans.forEach(run -> delete(handle, run));
    return orphans.size();
  }

  @Override
  public int deleteOldest(int most) {
    return database.write(
        handle -> {
          List<String> runs =
              handle
                  .createQuery(
                      "SELECT id FROM runs WHERE finished_at IS NOT NULL"
                          + DELIVERED
                          + " ORDER BY finished_at LIMIT :most")
                  .bind("most", most)
                  .mapTo(String.class)
                  .list();
          runs.forEach(run -> delete(handle, run));
          return runs.size();
        });
  }

  private static void delete(Handle handle, String run) {
    handle.execute("DELETE FROM journal WHERE run_id = ?", run);
    handle.execute("DELETE FROM node_logs WHERE run_id = ?", run);
    handle.execute("DELETE FROM outbox WHERE run_id = ?", run);
    handle.execute("DELETE FROM runs WHERE id = ?", run);
    handle.execute(
        "DELETE FROM blobs WHERE id IN (SELECT blob_id FROM blob_uses WHERE run_id = ?)"
            + " AND NOT EXISTS (SELECT 1 FROM blob_uses WHERE blob_id = blobs.id AND run_id <> ?)",
        run,
        run);
    handle.execute("DELETE FROM blob_uses WHERE run_id = ?", run);
  }

  /**
   * Pages in use: SQLite keeps the pages of deleted rows for new ones instead of giving them back.
   */
  @Override
  public long size() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT (page_count - freelist_count) * page_size"
                        + " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()")
                .mapTo(Long.class)
                .one());
  }
}
