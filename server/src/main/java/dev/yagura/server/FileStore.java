package dev.yagura.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.value.Value;
import dev.yagura.node.FileShelf;
import dev.yagura.server.app.JsonRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Files that clients upload and nodes make: contents in a folder, what is known of them apart. */
public final class FileStore implements FileShelf {
  /** Longest file, in bytes (dify-contract §8). */
  public static final int MAX_BYTES = 15 << 20;

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("jpg", "image"),
          Map.entry("jpeg", "image"),
          Map.entry("png", "image"),
          Map.entry("webp", "image"),
          Map.entry("gif", "image"),
          Map.entry("svg", "image"),
          Map.entry("mp3", "audio"),
          Map.entry("m4a", "audio"),
          Map.entry("wav", "audio"),
          Map.entry("mp4", "video"),
          Map.entry("mov", "video"),
          Map.entry("webm", "video"));

  private final Path folder;
  private final JsonRecords records;
  private final InstantSource clock;

  public FileStore(Path folder, JsonRecords records, InstantSource clock) {
    this.folder = folder;
    this.records = records;
    this.clock = clock;
  }

  /**
   * @param owner the app that it belongs to
   * @param extension without the dot, in lower case
   */
  public record Stored(
      String id,
      String owner,
      String name,
      String extension,
      String mimeType,
      long size,
      String createdBy,
      long createdAt) {}

  /** Keeps a file; a FlowException {@code file_too_large} where it is longer than the limit. */
  public Stored keep(String owner, String user, String name, String mimeType, InputStream content) {
    String id = UUID.randomUUID().toString();
    try {
      Files.createDirectories(folder);
      Path fresh = folder.resolve(id + ".new");
      long size;
      try (var out = Files.newOutputStream(fresh)) {
        byte[] all = content.readNBytes(MAX_BYTES + 1);
        size = all.length;
        out.write(all);
      }
      if (size > MAX_BYTES) {
        Files.delete(fresh);
        throw Failure.limit(
                "file_too_large", "File size exceeded. (expected: at most " + MAX_BYTES + " bytes)")
            .asException();
      }
      Files.move(fresh, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      var stored =
          new Stored(id, owner, name, extension(name), mimeType, size, user, clock.millis() / 1000);
      records.put(id, json(stored));
      return stored;
    } catch (IOException full) {
      throw new FlowException(
          Failure.internal("FileNotStored", "the file cannot be stored: " + full.getMessage()),
          full);
    }
  }

  /**
   * Deletes files from before the time, and what an interrupted upload left behind.
   *
   * @return how many were deleted
   */
  public int deleteBefore(Instant time) {
    if (Files.notExists(folder)) {
      return 0;
    }
    int deleted = 0;
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (isFrom(file, time)) {
          // The record first: a file without one is deleted the next time, a record would stay.
          boolean unused = records.delete(file.getFileName().toString());
          Files.deleteIfExists(file);
          deleted++;
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return deleted;
  }

  private static boolean isFrom(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException gone) {
      // An upload has just become a file, or was given up.
      return false;
    }
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static ObjectNode json(Stored file) {
    return JsonRecords.object()
        .put("owner", file.owner())
        .put("name", file.name())
        .put("extension", file.extension())
        .put("mime_type", file.mimeType())
        .put("size", file.size())
        .put("created_by", file.createdBy())
        .put("created_at", file.createdAt());
  }

  public Optional<Stored> find(String id) {
    return records
        .find(id)
        .map(
            json ->
                new Stored(
                    id,
                    json.path("owner").asText(),
                    json.path("name").asText(),
                    json.path("extension").asText(),
                    json.path("mime_type").asText(),
                    json.path("size").asLong(),
                    json.path("created_by").asText(),
                    json.path("created_at").asLong()));
  }

  /** Where the content is. */
  public Path path(Stored file) {
    return folder.resolve(file.id());
  }

  /** As the value of a variable (dify-contract §2.20). */
  public static Value.File value(Stored file) {
    Value value =
        Value.of(
            Map.of(
                "dify_model_identity", Value.File.MARK,
                "id", file.id(),
                "related_id", file.id(),
                "filename", file.name(),
                "extension", "." + file.extension(),
                "mime_type", file.mimeType(),
                "size", file.size(),
                "type", KINDS.getOrDefault(file.extension(), "document"),
                "transfer_method", "local_file",
                "url", "/v1/files/" + file.id() + "/preview"));
    return (Value.File) value;
  }

  @Override
  public byte[] read(Value.File file) {
    String id = file.attribute("related_id") instanceof Value.Text(String text) ? text : "";
    if (find(id).isEmpty()) {
      throw Failure.user("FileNotAvailable", "the file is not kept here").asException();
    }
    try {
      return Files.readAllBytes(folder.resolve(id));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public Value.File keep(String name, String mimeType, byte[] content) {
    return value(keep("", "", name, mimeType, new java.io.ByteArrayInputStream(content)));
  }
}
