package dev.yagura.knowledge.index;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's vectors with more dimensions than its default of 1,024: Titan v1 has 1,536, others up to
 * 4,096. What is written is Lucene's own format, under its name.
 */
final class WideVectors extends KnnVectorsFormat {
  static final int MAX_DIMENSIONS = 4_096;

  private final KnnVectorsFormat inner;

  WideVectors() {
    this(new Lucene99HnswVectorsFormat());
  }

  private WideVectors(KnnVectorsFormat inner) {
    super(inner.getName());
    this.inner = inner;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return inner.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return inner.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return MAX_DIMENSIONS;
  }
}
