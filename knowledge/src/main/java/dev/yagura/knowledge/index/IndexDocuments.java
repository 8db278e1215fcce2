package dev.yagura.knowledge.index;

import dev.yagura.knowledge.Segment;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;

/** Segments as documents of Lucene. */
final class IndexDocuments {
  static final String ID = "id";
  static final String BASE = "base";
  static final String DOCUMENT = "document";

  /** Document and revision: what of a document is older than its newest revision goes. */
  static final String REVISION = "revision";

  /** The id of a document all of whose segments are in the index, in their newest revision. */
  static final String WHOLE = "whole";

  /** What only the documents have that say this. */
  static final String MARKER = "marker";

  private IndexDocuments() {}

  /**
   * The field of vectors of a model: those of different models, or of different lengths, are not
   * comparable.
   */
  static String vectorField(String model, int dimensions) {
    return "vector:" + dimensions + ":" + model;
  }

  static Document of(IndexedSegment indexed, String revision) {
    Segment segment = indexed.segment();
    var document = new Document();
    document.add(new StringField(ID, segment.id(), Field.Store.YES));
    document.add(new StringField(BASE, segment.base(), Field.Store.YES));
    document.add(new StringField(DOCUMENT, segment.document(), Field.Store.YES));
    document.add(new StringField(REVISION, revision, Field.Store.NO));
    document.add(new StoredField("parent", segment.parent()));
    document.add(new StoredField("baseName", indexed.baseName()));
    document.add(new StoredField("documentName", indexed.documentName()));
    document.add(new StoredField("position", segment.position()));
    document.add(new StoredField("page", segment.page()));
    document.add(new StoredField("text", segment.text()));
    document.add(new StoredField("answer", segment.answer()));
    document.add(new StoredField("headings", segment.heading()));
    addTexts(document, indexed);
    for (Segment.Vector vector : indexed.vectors()) {
      addVector(document, vector);
    }
    return document;
  }

  private static void addTexts(Document document, IndexedSegment indexed) {
    Segment segment = indexed.segment();
    String whole = segment.heading() + "\n" + segment.text() + "\n" + segment.answer();
    document.add(new TextField(Analyzers.JAPANESE, whole, Field.Store.NO));
    document.add(new TextField(Analyzers.WORDS, whole, Field.Store.NO));
    document.add(new TextField(Analyzers.NAMES, whole, Field.Store.NO));
    document.add(new TextField(Analyzers.HEADING, segment.heading(), Field.Store.NO));
    document.add(new TextField(Analyzers.TITLES, segment.heading(), Field.Store.NO));
    document.add(new TextField(Analyzers.KEYWORDS, indexed.keywords(), Field.Store.NO));
  }

  private static void addVector(Document document, Segment.Vector vector) {
    float[] numbers = vector.numbers();
    double length = length(numbers);
    if (numbers.length <= WideVectors.MAX_DIMENSIONS && length > 0) {
      document.add(
          new KnnFloatVectorField(
              vectorField(vector.model(), numbers.length),
              unit(numbers, length),
              VectorSimilarityFunction.DOT_PRODUCT));
    }
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float number : vector) {
      sum += number * number;
    }
    return Math.sqrt(sum);
  }

  /**
   * The same direction with the length 1: the product of two such vectors is their cosine, and
   * takes a third of the work.
   */
  static float[] unit(float[] vector) {
    double length = length(vector);
    return length == 0 ? vector : unit(vector, length);
  }

  private static float[] unit(float[] vector, double length) {
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** Says that a document is whole in a revision. */
  static Document whole(String document, String revision) {
    var marker = new Document();
    marker.add(new StringField(WHOLE, document, Field.Store.YES));
    marker.add(new StringField(MARKER, MARKER, Field.Store.NO));
    marker.add(new StoredField("wholeRevision", revision));
    return marker;
  }
}
