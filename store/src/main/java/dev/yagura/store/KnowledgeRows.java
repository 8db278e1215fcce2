package dev.yagura.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.Segment;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Rows of knowledge as what they mean. Rows from before a column was there have it empty. */
final class KnowledgeRows {
  private static final JsonMapper JSON = new JsonMapper();

  private KnowledgeRows() {}

  static Base base(ResultSet row) throws SQLException {
    return new Base(
        row.getString("id"),
        row.getString("name"),
        row.getString("description"),
        read(row.getString("settings"), Base.Settings.class, Base.Settings.DEFAULT),
        row.getString("served_model"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")));
  }

  static Document document(ResultSet row) throws SQLException {
    String name = row.getString("name");
    int segments = row.getInt("segments");
    return new Document(
        row.getString("id"),
        row.getString("base_id"),
        name,
        row.getString("hash"),
        row.getInt("generation"),
        Document.State.valueOf(row.getString("state")),
        row.getString("error"),
        row.getString("note"),
        read(row.getString("settings"), Document.Settings.class, settings(name)),
        read(
            row.getString("counts"),
            Document.Counts.class,
            new Document.Counts(segments, row.getInt("characters"), segments, segments, 0, 0)),
        Instant.ofEpochMilli(row.getLong("added_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")));
  }

  private static Document.Settings settings(String name) {
    return Document.Settings.of(
        name.substring(name.lastIndexOf('.') + 1), DocumentForm.TEXT, "", ProcessRule.AUTOMATIC);
  }

  static Segment segment(ResultSet row) throws SQLException {
    return new Segment(
        row.getString("id"),
        row.getString("base_id"),
        row.getString("document_id"),
        row.getInt("generation"),
        row.getString("parent"),
        Segment.Kind.valueOf(row.getString("kind")),
        row.getInt("position"),
        row.getString("heading"),
        row.getString("body"),
        row.getString("answer"),
        row.getInt("page"),
        row.getInt("enabled") != 0,
        Segment.State.valueOf(row.getString("state")),
        row.getString("error"),
        Instant.ofEpochMilli(row.getLong("changed_at")));
  }

  static Segment.Vector vector(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes("numbers");
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
    return new Segment.Vector(row.getString("segment_id"), row.getString("model"), numbers);
  }

  static byte[] bytes(float[] numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Float.BYTES);
    buffer.asFloatBuffer().put(numbers);
    return buffer.array();
  }

  static String json(Object settings) {
    try {
      return JSON.writeValueAsString(settings);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T read(String json, Class<T> type, T missing) {
    try {
      return json.isEmpty() ? missing : JSON.readValue(json, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("broken JSON in the store", broken);
    }
  }
}
