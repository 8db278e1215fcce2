package dev.yagura.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store that forgets. */
public final class InMemoryKnowledge implements KnowledgeStore {
  private final Map<String, Base> bases = new LinkedHashMap<>();
  private final Map<String, Document> documents = new LinkedHashMap<>();
  private final TreeMap<String, Segment> segments = new TreeMap<>();

  @Override
  public synchronized void putBase(Base base) {
    bases.put(base.id(), base);
  }

  @Override
  public synchronized List<Base> bases() {
    return new ArrayList<>(bases.values());
  }

  @Override
  public synchronized void deleteBase(String id) {
    bases.remove(id);
    documents.values().removeIf(document -> document.base().equals(id));
    segments.values().removeIf(segment -> segment.base().equals(id));
  }

  @Override
  public synchronized List<Document> documents(String base) {
    return documents.values().stream()
        .filter(document -> document.base().equals(base))
        .sorted(Comparator.comparing(Document::name))
        .toList();
  }

  @Override
  public synchronized void putDocument(Document document, List<Segment> all) {
    List<String> same =
        documents.values().stream()
            .filter(one -> one.base().equals(document.base()) && one.name().equals(document.name()))
            .map(Document::id)
            .toList();
    same.forEach(this::deleteDocument);
    documents.put(document.id(), document);
    all.forEach(segment -> segments.put(segment.id(), segment));
  }

  @Override
  public synchronized void deleteDocument(String id) {
    documents.remove(id);
    segments.values().removeIf(segment -> segment.document().equals(id));
  }

  @Override
  public synchronized List<Segment> segments(String after, int most) {
    return segments.tailMap(after, false).values().stream().limit(most).toList();
  }
}
