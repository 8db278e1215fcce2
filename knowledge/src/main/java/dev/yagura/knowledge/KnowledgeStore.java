package dev.yagura.knowledge;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps knowledge bases, their documents and segments. The index is made from it. */
public interface KnowledgeStore {
  /** A knowledge base; Dify calls it a dataset. */
  record Base(String id, String name, Instant createdAt) {}

  /**
   * @param hash SHA-256 of the file
   * @param error why it could not be indexed, or empty
   */
  record Document(
      String id,
      String base,
      String name,
      String hash,
      String error,
      int segments,
      int characters,
      Instant addedAt) {
    public boolean isIndexed() {
      return error.isEmpty();
    }
  }

  /**
   * @param position in its document, from 1
   * @param heading the headings above it
   * @param page 0 where there is none
   * @param vector null where there is none
   * @param vectorModel whose vector it is, or empty
   */
  record Segment(
      String id,
      String base,
      String document,
      int position,
      String heading,
      String text,
      int page,
      float @Nullable [] vector,
      String vectorModel) {}

  void putBase(Base base);

  List<Base> bases();

  /** Deletes the base with all that is in it. */
  void deleteBase(String id);

  /** Of one base, by name. */
  List<Document> documents(String base);

  /** Keeps a document with its segments; one of the same name in the same base is replaced. */
  void putDocument(Document document, List<Segment> segments);

  void deleteDocument(String id);

  /**
   * Segments in the order of their ids.
   *
   * @param after the last id of the page before, or empty
   */
  List<Segment> segments(String after, int most);
}
