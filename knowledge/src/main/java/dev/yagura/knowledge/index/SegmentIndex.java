package dev.yagura.knowledge.index;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.KnowledgeStore.Segment;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene103.Lucene103Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Segments in a Lucene index in memory; it can always be made again from the store. */
public final class SegmentIndex implements AutoCloseable {
  static final String ID = "id";
  static final String BASE = "base";
  static final String DOCUMENT = "document";
  static final String STORED_TEXT = "text";

  private final Directory directory = new ByteBuffersDirectory();
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final SegmentSearch search = new SegmentSearch();

  public SegmentIndex() {
    try {
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(Analyzers.all()).setRAMBufferSizeMB(16).setCodec(codec()));
      searchers = new SearcherManager(writer, new SearcherFactory());
    } catch (IOException impossible) {
      throw broken(impossible);
    }
  }

  private static Codec codec() {
    return new Lucene103Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return new WideVectors();
      }
    };
  }

  /**
   * The field of vectors of a model: those of different models, or of different lengths, are not
   * comparable.
   */
  static String vectorField(String model, int dimensions) {
    return "vector:" + dimensions + ":" + model;
  }

  /**
   * Adds segments or puts them in the place of earlier ones; found after {@link #refresh}.
   *
   * @param keywords names by which they are found, too
   */
  public void add(List<Segment> segments, String baseName, String documentName, String keywords) {
    try {
      for (Segment segment : segments) {
        writer.updateDocument(
            new Term(ID, segment.id()), document(segment, baseName, documentName, keywords));
      }
    } catch (IOException full) {
      throw broken(full);
    }
  }

  private static Document document(
      Segment segment, String baseName, String documentName, String keywords) {
    var document = new Document();
    document.add(new StringField(ID, segment.id(), Field.Store.YES));
    document.add(new StringField(BASE, segment.base(), Field.Store.YES));
    document.add(new StringField(DOCUMENT, segment.document(), Field.Store.YES));
    document.add(new StoredField("baseName", baseName));
    document.add(new StoredField("documentName", documentName));
    document.add(new StoredField("position", segment.position()));
    document.add(new StoredField("page", segment.page()));
    document.add(new StoredField(STORED_TEXT, segment.text()));
    document.add(new StoredField("headings", segment.heading()));
    String whole = segment.heading() + "\n" + segment.text();
    document.add(new TextField(Analyzers.JAPANESE, whole, Field.Store.NO));
    document.add(new TextField(Analyzers.WORDS, whole, Field.Store.NO));
    document.add(new TextField(Analyzers.NAMES, whole, Field.Store.NO));
    document.add(new TextField(Analyzers.HEADING, segment.heading(), Field.Store.NO));
    document.add(new TextField(Analyzers.TITLES, segment.heading(), Field.Store.NO));
    document.add(new TextField(Analyzers.KEYWORDS, keywords, Field.Store.NO));
    float[] vector = segment.vector();
    if (vector != null && vector.length <= WideVectors.MAX_DIMENSIONS && length(vector) > 0) {
      document.add(
          new KnnFloatVectorField(
              vectorField(segment.vectorModel(), vector.length),
              vector,
              VectorSimilarityFunction.COSINE));
    }
    return document;
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float number : vector) {
      sum += number * number;
    }
    return sum;
  }

  public void removeDocument(String id) {
    delete(new Term(DOCUMENT, id));
  }

  public void removeBase(String id) {
    delete(new Term(BASE, id));
  }

  private void delete(Term term) {
    try {
      writer.deleteDocuments(term);
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  /** Makes what was added and removed visible. */
  public void refresh() {
    try {
      searchers.maybeRefreshBlocking();
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  /**
   * The best segments of the bases.
   *
   * @param vector of the query, or an empty one for full text alone
   * @param model whose vector it is
   */
  public List<Hit> search(
      List<String> bases, String query, float[] vector, String model, int topK) {
    try {
      var searcher = searchers.acquire();
      try {
        return search.run(searcher, bases, query, vector, model, topK);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  private static FlowException broken(IOException failed) {
    return new FlowException(
        Failure.internal("IndexBroken", "the index of the knowledge failed: " + failed), failed);
  }

  @Override
  public void close() {
    try {
      searchers.close();
      writer.close();
      directory.close();
    } catch (IOException failed) {
      throw broken(failed);
    }
  }
}
