package dev.yagura.store;

import dev.yagura.run.journal.ValueJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Large texts within one transaction, and the note that a run names them. */
final class JdbcBlobs implements ValueJson.Blobs {
  private final Handle handle;
  private final String run;
  private final Set<String> kept = new HashSet<>();

  JdbcBlobs(Handle handle, String run) {
    this.handle = handle;
    this.run = run;
  }

  @Override
  public String keep(String text) {
    String id = sha256(text);
    if (kept.add(id)) {
      handle.execute(
          "INSERT INTO blobs (id, body) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, text);
      handle.execute(
          "INSERT INTO blob_uses (run_id, blob_id) VALUES (?, ?) ON CONFLICT DO NOTHING", run, id);
    }
    return id;
  }

  @Override
  public String read(String key) {
    return handle
        .createQuery("SELECT body FROM blobs WHERE id = :id")
        .bind("id", key)
        .mapTo(String.class)
        .findOne()
        .orElseThrow(() -> new IllegalStateException("no text " + key + " in the store"));
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
