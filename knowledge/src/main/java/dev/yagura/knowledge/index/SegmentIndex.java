package dev.yagura.knowledge.index;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene103.Lucene103Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Segments in a Lucene index; it can always be made again from the store. */
public final class SegmentIndex implements AutoCloseable {
  /** Raised when what is in an index changes its form: those of other forms are deleted. */
  private static final String FORM = "1";

  private static final int RAM_MEGABYTES = 32;
  private static final int MANY_PARTS = 6;
  private static final int FEW_PARTS = 2;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final SegmentSearch search = new SegmentSearch();
  private final ExecutorService writes =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("index").daemon().factory());

  private SegmentIndex(Directory directory, IndexWriterConfig.OpenMode mode) throws IOException {
    this.directory = directory;
    this.writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(Analyzers.all())
                .setOpenMode(mode)
                .setRAMBufferSizeMB(RAM_MEGABYTES)
                .setCodec(codec()));
    this.searchers = new SearcherManager(writer, new SearcherFactory());
  }

  /** An index that ends with the process. */
  public static SegmentIndex inMemory() {
    try {
      return new SegmentIndex(new ByteBuffersDirectory(), IndexWriterConfig.OpenMode.CREATE);
    } catch (IOException impossible) {
      throw broken(impossible);
    }
  }

  /** The index of a folder; one that cannot be read is begun anew. */
  public static SegmentIndex in(Path folder) {
    try {
      Path own = folder.resolve(FORM);
      deleteOthers(folder, own);
      Directory directory = new MMapDirectory(own);
      try {
        return new SegmentIndex(directory, IndexWriterConfig.OpenMode.CREATE_OR_APPEND);
      } catch (IOException | IllegalArgumentException unreadable) {
        return new SegmentIndex(directory, IndexWriterConfig.OpenMode.CREATE);
      }
    } catch (IOException full) {
      throw broken(full);
    }
  }

  private static void deleteOthers(Path folder, Path own) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.startsWith(own) && !path.equals(folder)) {
          Files.delete(path);
        }
      }
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

  /** Adds segments of a document; {@link #whole} makes them its only ones. */
  public void add(List<IndexedSegment> segments, String revision) {
    write(
        () -> {
          for (IndexedSegment one : segments) {
            long unused =
                writer.addDocument(
                    IndexDocuments.of(one, one.segment().document() + "@" + revision));
          }
        });
  }

  /** All segments of the document have been added; those of other revisions go. */
  public void whole(String document, String revision) {
    var older =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(IndexDocuments.DOCUMENT, document)), Occur.MUST)
            .add(
                new TermQuery(new Term(IndexDocuments.REVISION, document + "@" + revision)),
                Occur.MUST_NOT)
            .build();
    write(
        () -> {
          long unused = writer.deleteDocuments(older);
          long unusedToo =
              writer.updateDocument(
                  new Term(IndexDocuments.WHOLE, document),
                  IndexDocuments.whole(document, revision));
        });
  }

  /** The documents that are whole in the index, and their revisions. */
  public Map<String, String> documents() {
    refresh();
    return searching(
        searcher -> {
          Map<String, String> all = new HashMap<>();
          var markers = new TermQuery(new Term(IndexDocuments.MARKER, IndexDocuments.MARKER));
          int most = Math.max(1, searcher.getIndexReader().maxDoc());
          for (var hit : searcher.search(markers, most).scoreDocs) {
            Document marker = searcher.storedFields().document(hit.doc);
            all.put(marker.get(IndexDocuments.WHOLE), marker.get("wholeRevision"));
          }
          return all;
        });
  }

  public void removeDocument(String id) {
    write(
        () -> {
          long unused =
              writer.deleteDocuments(
                  new Term(IndexDocuments.DOCUMENT, id), new Term(IndexDocuments.WHOLE, id));
        });
  }

  /** Makes what was added and removed visible. */
  public void refresh() {
    write(searchers::maybeRefreshBlocking);
  }

  /**
   * Puts the many small parts of the index together that documents leave behind one by one: each of
   * them is searched for itself.
   */
  public void settle() {
    if (searching(searcher -> searcher.getIndexReader().leaves().size()) > MANY_PARTS) {
      write(() -> writer.forceMerge(FEW_PARTS));
      refresh();
    }
  }

  /** Keeps what was added and removed for the next start. */
  public void commit() {
    write(
        () -> {
          long unused = writer.commit();
        });
  }

  private interface Writing {
    void run() throws IOException;
  }

  /**
   * In a thread that nobody interrupts: an interrupt would close the files of the index under
   * Lucene's hands.
   */
  private void write(Writing writing) {
    try {
      CompletableFuture.runAsync(
              () -> {
                try {
                  writing.run();
                } catch (IOException failed) {
                  throw broken(failed);
                }
              },
              writes)
          .join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof FlowException named
          ? named
          : new FlowException(
              Failure.internal(
                  "IndexBroken", "the index of the knowledge failed: " + failed.getCause()),
              failed);
    } catch (RejectedExecutionException closed) {
      throw new FlowException(
          Failure.internal("IndexClosed", "the index of the knowledge is closed"), closed);
    }
  }

  /** The best segments. */
  public List<Found> search(IndexQuery query) {
    return searching(searcher -> search.run(searcher, query));
  }

  private interface Reading<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  private <T> T searching(Reading<T> reading) {
    try {
      var searcher = searchers.acquire();
      try {
        return reading.with(searcher);
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
    write(
        () -> {
          searchers.close();
          writer.close();
          directory.close();
        });
    writes.shutdown();
  }
}
