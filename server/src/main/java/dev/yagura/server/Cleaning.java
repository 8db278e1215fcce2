package dev.yagura.server;

import dev.yagura.base.Boundary;
import dev.yagura.run.Housekeeping;
import dev.yagura.run.Retention;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than the configuration keeps: runs, findings, alerts, files; and what is
 * left of deleted workflows.
 */
public final class Cleaning {
  /** Uploads come here before they are read; what is older than a day is a leftover. */
  public static final String INCOMING = "incoming";

  private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration LEFTOVER = Duration.ofDays(1);

  private final Housekeeping housekeeping;
  private final Housekeeping.Policy policy;
  private final FileStore files;
  private final IntSupplier workflows;
  private final Path incoming;
  private final InstantSource clock;

  /**
   * @param workflows deletes what is left of deleted workflows; gives how many versions
   */
  Cleaning(
      Config config,
      Retention retention,
      FileStore files,
      IntSupplier workflows,
      InstantSource clock) {
    this.workflows = workflows;
    this.housekeeping = new Housekeeping(retention, clock);
    this.policy =
        new Housekeeping.Policy(
            Duration.ofDays(config.count(Key.RETENTION_DAYS)),
            (long) config.count(Key.RETENTION_MEGABYTES) << 20);
    this.files = files;
    this.incoming = config.data().resolve(INCOMING);
    this.clock = clock;
  }

  /** Once an hour, as long as it is wanted. */
  void work(BooleanSupplier isWanted) {
    try {
      while (isWanted.getAsBoolean()) {
        Thread.sleep(PAUSE);
        if (isWanted.getAsBoolean()) {
          clean();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Boundary("a store that is busy is cleaned the next time")
  void clean() {
    try {
      int rows = housekeeping.apply(policy);
      int old = files.deleteBefore(clock.instant().minus(policy.age())) + leftovers();
      LOG.info(
          "{} old runs, findings and alerts, {} files and {} versions of deleted workflows deleted",
          rows,
          old,
          workflows.getAsInt());
    } catch (RuntimeException failed) {
      LOG.error("what is old cannot be deleted: {}", failed.toString());
    }
  }

  private int leftovers() {
    if (Files.notExists(incoming)) {
      return 0;
    }
    int deleted = 0;
    try (var all = Files.newDirectoryStream(incoming)) {
      for (Path file : all) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(clock.instant().minus(LEFTOVER))
            && Files.deleteIfExists(file)) {
          deleted++;
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return deleted;
  }
}
