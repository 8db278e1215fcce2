package dev.yagura.knowledge;

import java.util.List;
import java.util.Optional;

/** Keeps knowledge bases, their documents, segments and vectors. The index is made from it. */
public interface KnowledgeStore {
  void putBase(Base base);

  /** The oldest first. */
  List<Base> bases();

  /** Deletes the base with all that is in it. */
  void deleteBase(String id);

  /** Of one base, by name. */
  List<Document> documents(String base);

  Optional<Document> document(String id);

  /** The document of this name. */
  Optional<Document> document(String base, String name);

  /** Those whose state is not final, the oldest change first. */
  List<Document> unfinished();

  /** Keeps the document; its name is not that of another one of its base. */
  void putDocument(Document document);

  /** With its segments and vectors. */
  void deleteDocument(String id);

  /**
   * Keeps the segments and the document in one transaction. A segment that says something else than
   * before loses its vectors.
   */
  void putSegments(Document document, List<Segment> segments);

  /**
   * Segments of a generation in the order of their ids.
   *
   * @param after the last id of the page before, or empty
   */
  List<Segment> segments(String document, int generation, String after, int most);

  Optional<Segment> segment(String id);

  /** With their children and vectors. */
  void deleteSegments(Document document, List<String> ids);

  /** Keeps the document, and of its segments those of one generation alone. */
  void serve(Document document);

  /** Deletes the segments of a generation. */
  void dropGeneration(String document, int generation);

  /** Keeps vectors of segments that are there, and the document. */
  void putVectors(Document document, List<Segment.Vector> vectors);

  List<Segment.Vector> vectors(List<String> segments);

  /** Gives segments the vectors of segments of the same document with the same text. */
  int copyVectors(String document, int generation, String model);

  /** Segments that are found, and have no vector of this model yet, by id. */
  List<Segment> withoutVector(String document, int generation, String model, int most);

  /** Documents of the base that serve segments without a vector of this model. */
  List<String> documentsWithoutVectors(String base, String model);

  /** Deletes the vectors of all models but one. */
  void keepVectors(String base, String model);
}
