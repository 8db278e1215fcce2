package dev.yagura.store;

import dev.yagura.run.journal.ValueJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** Large texts, read within one piece of work. */
final class JdbcBlobs implements ValueJson.Blobs {
  private final Handle handle;

  JdbcBlobs(Handle handle) {
    this.handle = handle;
  }

  @Override
  public String keep(String text) {
    throw new IllegalStateException("blobs are read here, not kept");
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
