package dev.yagura.base;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids that sort by time (UUID version 7, RFC 9562 §5.7). What is written at the same time lies
 * together in an index then: with random ids every row touches pages of its own.
 */
public final class TimeId {
  private static final long TIME = 0xffff_ffff_ffff_0000L;
  private static final long VERSION = 0x7000;
  private static final long REST = 0x0fff;

  private TimeId() {}

  /** A new id. */
  public static String at(Instant time) {
    return of(time.toEpochMilli() << 16, UUID.randomUUID());
  }

  /** Always the same id for an id and a name, next to that id in time where that one has a time. */
  public static String derived(String id, String name) {
    UUID hash = UUID.nameUUIDFromBytes((name + "/" + id).getBytes(StandardCharsets.UTF_8));
    try {
      UUID from = UUID.fromString(id);
      return from.version() == 7 ? of(from.getMostSignificantBits(), hash) : hash.toString();
    } catch (IllegalArgumentException noUuid) {
      return hash.toString();
    }
  }

  private static String of(long time, UUID rest) {
    long high = (time & TIME) | VERSION | (rest.getMostSignificantBits() & REST);
    return new UUID(high, rest.getLeastSignificantBits()).toString();
  }
}
