package dev.yagura.knowledge;

import dev.yagura.knowledge.index.IndexedSegment;
import dev.yagura.knowledge.index.SegmentIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the index as the store is. */
final class IndexKeeping {
  private static final int PAGE = 200;
  private static final long SETTLE_NANOS = 60_000_000_000L;

  private final KnowledgeStore store;
  private final SegmentIndex index;
  private final Lock changes = new ReentrantLock();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong settled = new AtomicLong(System.nanoTime() - SETTLE_NANOS - 1);
  private final AtomicBoolean uncommitted = new AtomicBoolean();

  IndexKeeping(KnowledgeStore store, SegmentIndex index) {
    this.store = store;
    this.index = index;
  }

  private static String revision(Document document) {
    return document.generation() + "." + document.changedAt().toEpochMilli();
  }

  /** Puts the document into the index as it is in the store now, or takes it out. */
  void put(String documentId) {
    changes.lock();
    try {
      store
          .document(documentId)
          .filter(Document::isServed)
          .ifPresentOrElse(this::write, () -> index.removeDocument(documentId));
    } finally {
      changes.unlock();
    }
    uncommitted.set(true);
    index.refresh();
  }

  private void write(Document document) {
    String base =
        store.bases().stream()
            .filter(one -> one.id().equals(document.base()))
            .findFirst()
            .map(Base::name)
            .orElse("");
    // Unique, so that what was written before goes, whatever the clock says.
    String revision = revision(document) + "#" + writes.incrementAndGet();
    String after = "";
    while (true) {
      List<Segment> page = store.segments(document.id(), document.generation(), after, PAGE);
      if (page.isEmpty()) {
        break;
      }
      index.add(indexed(page, base, document.name()), revision);
      after = page.getLast().id();
    }
    index.whole(document.id(), revision);
  }

  private List<IndexedSegment> indexed(List<Segment> page, String base, String document) {
    List<Segment> found =
        page.stream().filter(one -> one.kind().isFound() && one.enabled()).toList();
    Map<String, List<Segment.Vector>> vectors = new HashMap<>();
    for (Segment.Vector vector : store.vectors(found.stream().map(Segment::id).toList())) {
      vectors.computeIfAbsent(vector.segment(), id -> new ArrayList<>()).add(vector);
    }
    return found.stream()
        .map(
            one ->
                new IndexedSegment(
                    one, base, document, "", vectors.getOrDefault(one.id(), List.of())))
        .toList();
  }

  void remove(String documentId) {
    changes.lock();
    try {
      index.removeDocument(documentId);
    } finally {
      changes.unlock();
    }
    uncommitted.set(true);
    index.refresh();
  }

  /** Makes the index what the store and the bundled documents say; asks the store alone. */
  void reconcile(Map<String, String> bundled) {
    Map<String, String> known = new LinkedHashMap<>(index.documents());
    bundled.keySet().forEach(known::remove);
    for (Base base : store.bases()) {
      for (Document document : store.documents(base.id())) {
        String revision = known.remove(document.id());
        boolean isCurrent = revision != null && revision.startsWith(revision(document) + "#");
        if (document.isServed() ? !isCurrent : revision != null) {
          put(document.id());
        }
      }
    }
    known.keySet().forEach(this::remove);
    settle();
  }

  /** Puts a bundled document into the index, unless it is there. */
  void bundle(String id, String revision, List<IndexedSegment> segments) {
    index.add(segments, revision);
    index.whole(id, revision);
    uncommitted.set(true);
  }

  Map<String, String> documents() {
    return index.documents();
  }

  /** Nothing more comes for now; putting the index together is work, and more may come soon. */
  void settle() {
    long now = System.nanoTime();
    long last = settled.get();
    if (now - last > SETTLE_NANOS && settled.compareAndSet(last, now)) {
      index.settle();
    }
    commit();
  }

  void refresh() {
    index.refresh();
  }

  /** What is in the index now is there at the next start. */
  void commit() {
    if (uncommitted.getAndSet(false)) {
      index.commit();
    }
  }
}
