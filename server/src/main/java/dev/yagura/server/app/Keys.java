package dev.yagura.server.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * API keys. The text of a key is shown once, when it is made; what is kept is its SHA-256, which is
 * enough for 24 random letters and digits (142 bits).
 */
public final class Keys {
  /** Most keys of one app, and of each other kind (dify-contract §6.5). */
  public static final int MAX_KEYS = 10;

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 24;

  private final JsonRecords records;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public Keys(JsonRecords records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /** What a key opens. */
  public enum Kind {
    APP("app-"),
    INTAKE("intake-"),
    DATASET("dataset-");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * @param app of an app's key, or empty
   * @param hint the beginning of its text, for people
   */
  public record ApiKey(String id, Kind kind, String app, String hint, long createdAt) {}

  /** A new key and its text, which cannot be shown again. */
  public record Made(ApiKey key, String token) {}

  public Made make(Kind kind, String app) {
    long same =
        records.all().values().stream()
            .filter(
                one ->
                    one.path("kind").asText().equals(kind.name())
                        && one.path("app").asText().equals(app))
            .count();
    if (same >= MAX_KEYS) {
      throw Failure.limit(
              "max_keys_exceeded",
              "Cannot create more than " + MAX_KEYS + " API keys for this resource type.")
          .asException();
    }
    var token = new StringBuilder(kind.prefix);
    for (int i = 0; i < LENGTH; i++) {
      token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    String hint = token.substring(0, kind.prefix.length() + 4) + "…";
    ObjectNode json =
        JsonRecords.object()
            .put("kind", kind.name())
            .put("app", app)
            .put("hint", hint)
            .put("created_at", clock.millis());
    String id = hash(token.toString());
    records.put(id, json);
    return new Made(key(id, json), token.toString());
  }

  private static ApiKey key(String id, ObjectNode json) {
    return new ApiKey(
        id,
        Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
        json.path("app").asText(),
        json.path("hint").asText(),
        json.path("created_at").asLong());
  }

  /** The key of this text. Looking a hash up tells nothing about the hashes that are kept. */
  public Optional<ApiKey> find(String token) {
    String id = hash(token);
    return records.find(id).map(json -> key(id, json));
  }

  public java.util.List<ApiKey> all() {
    return records.all().entrySet().stream()
        .map((Map.Entry<String, ObjectNode> entry) -> key(entry.getKey(), entry.getValue()))
        .toList();
  }

  public boolean delete(String id) {
    return records.delete(id);
  }

  /** Deletes the keys of an app; gives how many there were. */
  public int deleteOf(String app) {
    int deleted = 0;
    for (ApiKey key : all()) {
      if (key.kind() == Kind.APP && key.app().equals(app) && delete(key.id())) {
        deleted++;
      }
    }
    return deleted;
  }

  /** How many keys an app has. */
  public long countOf(String app) {
    return all().stream().filter(key -> key.kind() == Kind.APP && key.app().equals(app)).count();
  }

  static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
