package dev.yagura.store;

import dev.yagura.knowledge.KnowledgeStore;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Knowledge bases, documents and segments in tables, vectors included. */
final class JdbcKnowledge implements KnowledgeStore {
  private final Database database;

  JdbcKnowledge(Database database) {
    this.database = database;
  }

  @Override
  public void putBase(Base base) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO knowledge_bases (id, name, created_at) VALUES (?, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                base.id(),
                base.name(),
                base.createdAt().toEpochMilli()));
  }

  @Override
  public List<Base> bases() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM knowledge_bases ORDER BY created_at, id")
                .map(
                    (row, context) ->
                        new Base(
                            row.getString("id"),
                            row.getString("name"),
                            Instant.ofEpochMilli(row.getLong("created_at"))))
                .list());
  }

  @Override
  public void deleteBase(String id) {
    database.write(
        handle ->
            handle.execute("DELETE FROM knowledge_segments WHERE base_id = ?", id)
                + handle.execute("DELETE FROM knowledge_documents WHERE base_id = ?", id)
                + handle.execute("DELETE FROM knowledge_bases WHERE id = ?", id));
  }

  @Override
  public List<Document> documents(String base) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM knowledge_documents WHERE base_id = :base ORDER BY name")
                .bind("base", base)
                .map((row, context) -> document(row))
                .list());
  }

  private static Document document(ResultSet row) throws SQLException {
    return new Document(
        row.getString("id"),
        row.getString("base_id"),
        row.getString("name"),
        row.getString("hash"),
        row.getString("error"),
        row.getInt("segments"),
        row.getInt("characters"),
        Instant.ofEpochMilli(row.getLong("added_at")));
  }

  @Override
  public void putDocument(Document document, List<Segment> segments) {
    database.write(
        handle -> {
          handle
              .createQuery(
                  "SELECT id FROM knowledge_documents WHERE base_id = :base AND name = :name")
              .bind("base", document.base())
              .bind("name", document.name())
              .mapTo(String.class)
              .list()
              .forEach(id -> delete(handle, id));
          handle.execute(
              "INSERT INTO knowledge_documents (id, base_id, name, hash, error, segments,"
                  + " characters, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              document.id(),
              document.base(),
              document.name(),
              document.hash(),
              document.error(),
              document.segments(),
              document.characters(),
              document.addedAt().toEpochMilli());
          segments.forEach(segment -> insert(handle, segment));
          return segments.size();
        });
  }

  private static void insert(Handle handle, Segment segment) {
    handle.execute(
        "INSERT INTO knowledge_segments (id, base_id, document_id, position, heading, body, page,"
            + " vector, vector_model) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        segment.id(),
        segment.base(),
        segment.document(),
        segment.position(),
        segment.heading(),
        segment.text(),
        segment.page(),
        bytes(segment.vector()),
        segment.vectorModel());
  }

  private static int delete(Handle handle, String document) {
    return handle.execute("DELETE FROM knowledge_segments WHERE document_id = ?", document)
        + handle.execute("DELETE FROM knowledge_documents WHERE id = ?", document);
  }

  @Override
  public void deleteDocument(String id) {
    database.write(handle -> delete(handle, id));
  }

  @Override
  public List<Segment> segments(String after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM knowledge_segments WHERE id > :after ORDER BY id LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> segment(row))
                .list());
  }

  private static Segment segment(ResultSet row) throws SQLException {
    return new Segment(
        row.getString("id"),
        row.getString("base_id"),
        row.getString("document_id"),
        row.getInt("position"),
        row.getString("heading"),
        row.getString("body"),
        row.getInt("page"),
        floats(row.getBytes("vector")),
        row.getString("vector_model"));
  }

  private static byte @Nullable [] bytes(float @Nullable [] vector) {
    if (vector == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES);
    buffer.asFloatBuffer().put(vector);
    return buffer.array();
  }

  private static float @Nullable [] floats(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return vector;
  }
}
