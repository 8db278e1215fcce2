package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.run.InMemoryRecords;
import dev.yagura.run.InMemoryStore;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.ConfigReader;
import dev.yagura.server.config.Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleaningTest {
  @TempDir Path data;

  @Test
  void files_go_at_the_age_of_the_policy_and_leftovers_after_a_day() throws IOException {
    Instant now = Instant.now();
    var files =
        new FileStore(
            data.resolve("files"),
            new JsonRecords(new InMemoryRecords(() -> now), "file"),
            () -> now);
    FileStore.Stored old = keep(files, "old");
    FileStore.Stored young = keep(files, "young");
    Path leftover = Files.createDirectories(data.resolve(Cleaning.INCOMING)).resolve("x.part");
    Path arriving = leftover.resolveSibling("y.part");
    Files.writeString(leftover, "x");
    Files.writeString(arriving, "y");
    age(files.path(old), now.minus(Duration.ofDays(31)));
    age(files.path(young), now.minus(Duration.ofDays(29)));
    age(leftover, now.minus(Duration.ofHours(25)));
    Config config =
        ConfigReader.read(
            null, Map.of(), Map.of(Key.DATA, data.toString(), Key.RETENTION_DAYS, "30"));
    new Cleaning(config, new InMemoryStore(), files, () -> 0, () -> now).clean();
    assertThat(files.find(old.id())).isEmpty();
    assertThat(files.path(old)).doesNotExist();
    assertThat(files.find(young.id())).isPresent();
    assertThat(leftover).doesNotExist();
    assertThat(arriving).exists();
  }

  private static FileStore.Stored keep(FileStore files, String name) {
    return files.keep("app", "alice", name, "text/plain", new ByteArrayInputStream(new byte[3]));
  }

  private static void age(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
