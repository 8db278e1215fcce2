package dev.yagura.store;

import dev.yagura.run.journal.ValueJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Large texts that an entry names, gathered on the caller's thread, so that the writer has nothing
 * to do but write.
 */
final class CollectedBlobs implements ValueJson.Blobs {
  private final Map<String, String> ids = new LinkedHashMap<>();

  /** An entry names the same text in its events and in its logs: it is digested once. */
  @Override
  public String keep(String text) {
    return ids.computeIfAbsent(text, JdbcBlobs::sha256);
  }

  @Override
  public String read(String key) {
    throw new IllegalStateException("blobs are gathered here, not read");
  }

  /** Writes them, and that the run names them. */
  void write(Handle handle, String run) {
    ids.forEach(
        (text, id) -> {
          Statements.execute(
              handle,
              "INSERT INTO blobs (id, body) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
              id,
              text);
          Statements.execute(
              handle,
              "INSERT INTO blob_uses (run_id, blob_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
              run,
              id);
        });
  }
}
