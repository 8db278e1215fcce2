package dev.yagura.store;

import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.KnowledgeStore;
import dev.yagura.knowledge.Segment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Knowledge bases, documents and segments in tables, vectors included. */
final class JdbcKnowledge implements KnowledgeStore {
  private static final RowMapper<Base> BASE = (row, context) -> KnowledgeRows.base(row);
  private static final RowMapper<Document> DOCUMENT = (row, context) -> KnowledgeRows.document(row);
  private static final RowMapper<Segment> SEGMENT = (row, context) -> KnowledgeRows.segment(row);
  private static final RowMapper<Segment.Vector> VECTOR =
      (row, context) -> KnowledgeRows.vector(row);

  /** Segments that are found and have no vector of a model. */
  private static final String LACKING =
      " s.kind IN ('TEXT', 'CHILD', 'PAIR') AND NOT EXISTS (SELECT 1 FROM knowledge_vectors v"
          + " WHERE v.segment_id = s.id AND v.model = :model)";

  private final Database database;

  /** Every question asks for the bases; a data folder belongs to one process. */
  private volatile Remembered remembered = new Remembered(-1, List.of());

  private final AtomicLong changes = new AtomicLong();

  private record Remembered(long changes, List<Base> bases) {}

  JdbcKnowledge(Database database) {
    this.database = database;
  }

  @Override
  public void putBase(Base base) {
    changeBases(
        handle ->
            handle.execute(
                "INSERT INTO knowledge_bases (id, name, description, settings, served_model,"
                    + " created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                    + " description = excluded.description, settings = excluded.settings,"
                    + " served_model = excluded.served_model, changed_at = excluded.changed_at",
                base.id(),
                base.name(),
                base.description(),
                KnowledgeRows.json(base.settings()),
                base.servedModel(),
                base.createdAt().toEpochMilli(),
                base.changedAt().toEpochMilli()));
  }

  private void changeBases(Database.Work<Integer> work) {
    int unused = database.write(work);
    long unusedCount = changes.incrementAndGet();
  }

  private <T> List<T> list(String sql, Map<String, ?> values, RowMapper<T> mapper) {
    return database.read(handle -> handle.createQuery(sql).bindMap(values).map(mapper).list());
  }

  @Override
  public List<Base> bases() {
    Remembered known = remembered;
    long now = changes.get();
    if (known.changes() == now) {
      return known.bases();
    }
    List<Base> read = list("SELECT * FROM knowledge_bases ORDER BY created_at, id", Map.of(), BASE);
    // Of no use to anybody when they were changed while they were read.
    remembered = new Remembered(now, Collections.unmodifiableList(read));
    return read;
  }

  @Override
  public void deleteBase(String id) {
    changeBases(
        handle ->
            handle.execute("DELETE FROM knowledge_vectors WHERE base_id = ?", id)
                + handle.execute("DELETE FROM knowledge_segments WHERE base_id = ?", id)
                + handle.execute("DELETE FROM knowledge_documents WHERE base_id = ?", id)
                + handle.execute("DELETE FROM knowledge_bases WHERE id = ?", id));
  }

  @Override
  public List<Document> documents(String base) {
    return list(
        "SELECT * FROM knowledge_documents WHERE base_id = :base ORDER BY name",
        Map.of("base", base),
        DOCUMENT);
  }

  @Override
  public Optional<Document> document(String id) {
    return list("SELECT * FROM knowledge_documents WHERE id = :id", Map.of("id", id), DOCUMENT)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Document> document(String base, String name) {
    return list(
            "SELECT * FROM knowledge_documents WHERE base_id = :base AND name = :name",
            Map.of("base", base, "name", name),
            DOCUMENT)
        .stream()
        .findFirst();
  }

  @Override
  public List<Document> unfinished() {
    return list(
        "SELECT * FROM knowledge_documents WHERE state NOT IN ('COMPLETED', 'FAILED')"
            + " ORDER BY changed_at, id",
        Map.of(),
        DOCUMENT);
  }

  @Override
  public void putDocument(Document document) {
    database.write(handle -> put(handle, document));
  }

  private static int put(Handle handle, Document document) {
    return handle.execute(
        "INSERT INTO knowledge_documents (id, base_id, name, hash, error, segments, characters,"
            + " added_at, generation, state, note, settings, counts, changed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, hash = excluded.hash,"
            + " error = excluded.error, segments = excluded.segments,"
            + " characters = excluded.characters, generation = excluded.generation,"
            + " state = excluded.state, note = excluded.note, settings = excluded.settings,"
            + " counts = excluded.counts, changed_at = excluded.changed_at",
        document.id(),
        document.base(),
        document.name(),
        document.hash(),
        document.error(),
        document.counts().segments(),
        document.counts().characters(),
        document.addedAt().toEpochMilli(),
        document.generation(),
        document.state().name(),
        document.note(),
        KnowledgeRows.json(document.settings()),
        KnowledgeRows.json(document.counts()),
        document.changedAt().toEpochMilli());
  }

  @Override
  public void deleteDocument(String id) {
    database.write(
        handle ->
            drop(handle, "document_id = ?", id)
                + handle.execute("DELETE FROM knowledge_documents WHERE id = ?", id));
  }

  /** Segments with their vectors. */
  private static int drop(Handle handle, String which, Object... values) {
    return handle.execute(
            "DELETE FROM knowledge_vectors WHERE segment_id IN"
                + " (SELECT id FROM knowledge_segments WHERE "
                + which
                + ")",
            values)
        + handle.execute("DELETE FROM knowledge_segments WHERE " + which, values);
  }

  @Override
  public void putSegments(Document document, List<Segment> segments) {
    database.write(
        handle -> {
          segments.forEach(segment -> put(handle, segment));
          return put(handle, document);
        });
  }

  private static void put(Handle handle, Segment segment) {
    String hash = segment.hash();
    handle.execute(
        "DELETE FROM knowledge_vectors WHERE segment_id = ? AND EXISTS (SELECT 1 FROM"
            + " knowledge_segments WHERE id = ? AND hash <> ?)",
        segment.id(),
        segment.id(),
        hash);
    handle.execute(
        "INSERT INTO knowledge_segments (id, base_id, document_id, position, heading, body, page,"
            + " generation, parent, kind, answer, enabled, state, error, hash, changed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET heading = excluded.heading, body = excluded.body,"
            + " answer = excluded.answer, enabled = excluded.enabled, state = excluded.state,"
            + " error = excluded.error, hash = excluded.hash, changed_at = excluded.changed_at",
        segment.id(),
        segment.base(),
        segment.document(),
        segment.position(),
        segment.heading(),
        segment.text(),
        segment.page(),
        segment.generation(),
        segment.parent(),
        segment.kind().name(),
        segment.answer(),
        segment.enabled() ? 1 : 0,
        segment.state().name(),
        segment.error(),
        hash,
        segment.changedAt().toEpochMilli());
  }

  @Override
  public List<Segment> segments(String document, int generation, String after, int most) {
    return list(
        "SELECT * FROM knowledge_segments WHERE document_id = :document AND generation ="
            + " :generation AND id > :after ORDER BY id LIMIT :most",
        Map.of("document", document, "generation", generation, "after", after, "most", most),
        SEGMENT);
  }

  @Override
  public Optional<Segment> segment(String id) {
    return list("SELECT * FROM knowledge_segments WHERE id = :id", Map.of("id", id), SEGMENT)
        .stream()
        .findFirst();
  }

  @Override
  public void deleteSegments(Document document, List<String> ids) {
    database.write(
        handle -> {
          for (String id : ids) {
            int unused = drop(handle, "id = ? OR parent = ?", id, id);
          }
          return put(handle, document);
        });
  }

  @Override
  public void serve(Document document) {
    database.write(
        handle ->
            drop(
                    handle,
                    "document_id = ? AND generation <> ?",
                    document.id(),
                    document.generation())
                + put(handle, document));
  }

  @Override
  public void dropGeneration(String document, int generation) {
    database.write(
        handle -> drop(handle, "document_id = ? AND generation = ?", document, generation));
  }

  @Override
  public void putVectors(Document document, List<Segment.Vector> vectors) {
    database.write(
        handle -> {
          for (Segment.Vector vector : vectors) {
            handle.execute(
                "INSERT INTO knowledge_vectors (segment_id, model, base_id, numbers)"
                    + " SELECT id, ?, base_id, ? FROM knowledge_segments WHERE id = ?"
                    + " ON CONFLICT (segment_id, model) DO UPDATE SET numbers = excluded.numbers",
                vector.model(),
                KnowledgeRows.bytes(vector.numbers()),
                vector.segment());
          }
          return put(handle, document);
        });
  }

  @Override
  public List<Segment.Vector> vectors(List<String> segments) {
    return segments.isEmpty()
        ? List.of()
        : database.read(
            handle ->
                handle
                    .createQuery("SELECT * FROM knowledge_vectors WHERE segment_id IN (<ids>)")
                    .bindList("ids", segments)
                    .map(VECTOR)
                    .list());
  }

  @Override
  public int copyVectors(String document, int generation, String model) {
    return database.write(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO knowledge_vectors (segment_id, model, base_id, numbers)"
                        + " SELECT s.id, :model, s.base_id, MAX(v.numbers)"
                        + " FROM knowledge_segments s JOIN knowledge_segments o"
                        + " ON o.document_id = s.document_id AND o.hash = s.hash"
                        + " JOIN knowledge_vectors v ON v.segment_id = o.id AND v.model = :model"
                        + " WHERE s.document_id = :document AND s.generation = :generation AND"
                        + LACKING
                        + " GROUP BY s.id, s.base_id")
                .bind("model", model)
                .bind("document", document)
                .bind("generation", generation)
                .execute());
  }

  @Override
  public List<Segment> withoutVector(String document, int generation, String model, int most) {
    return list(
        "SELECT s.* FROM knowledge_segments s WHERE s.document_id = :document AND s.generation ="
            + " :generation AND"
            + LACKING
            + " ORDER BY s.id LIMIT :most",
        Map.of("document", document, "generation", generation, "model", model, "most", most),
        SEGMENT);
  }

  @Override
  public List<String> documentsWithoutVectors(String base, String model) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT d.id FROM knowledge_documents d WHERE d.base_id = :base AND EXISTS"
                        + " (SELECT 1 FROM knowledge_segments s WHERE s.document_id = d.id AND"
                        + " s.generation = d.generation AND"
                        + LACKING
                        + ") ORDER BY d.id")
                .bind("base", base)
                .bind("model", model)
                .mapTo(String.class)
                .list());
  }

  @Override
  public void keepVectors(String base, String model) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM knowledge_vectors WHERE base_id = ? AND model <> ?", base, model));
  }
}
