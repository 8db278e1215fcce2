package dev.yagura.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store that forgets. */
public final class InMemoryKnowledge implements KnowledgeStore {
  private final Map<String, Base> bases = new LinkedHashMap<>();
  private final Map<String, Document> documents = new LinkedHashMap<>();
  private final TreeMap<String, Segment> segments = new TreeMap<>();
  private final TreeMap<String, Map<String, Segment.Vector>> vectors = new TreeMap<>();

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
    documents(id).forEach(document -> deleteDocument(document.id()));
    bases.remove(id);
  }

  @Override
  public synchronized List<Document> documents(String base) {
    return documents.values().stream()
        .filter(document -> document.base().equals(base))
        .sorted(Comparator.comparing(Document::name))
        .toList();
  }

  @Override
  public synchronized Optional<Document> document(String id) {
    return Optional.ofNullable(documents.get(id));
  }

  @Override
  public synchronized Optional<Document> document(String base, String name) {
    return documents(base).stream().filter(one -> one.name().equals(name)).findFirst();
  }

  @Override
  public synchronized List<Document> unfinished() {
    return documents.values().stream()
        .filter(document -> !document.state().isFinal())
        .sorted(Comparator.comparing(Document::changedAt))
        .toList();
  }

  @Override
  public synchronized void putDocument(Document document) {
    documents.put(document.id(), document);
  }

  @Override
  public synchronized void deleteDocument(String id) {
    documents.remove(id);
    drop(segment -> segment.document().equals(id));
  }

  private void drop(Predicate<Segment> which) {
    List<String> ids = segments.values().stream().filter(which).map(Segment::id).toList();
    ids.forEach(segments::remove);
    ids.forEach(vectors::remove);
  }

  @Override
  public synchronized void putSegments(Document document, List<Segment> all) {
    documents.put(document.id(), document);
    for (Segment segment : all) {
      Segment before = segments.put(segment.id(), segment);
      if (before != null && !before.hash().equals(segment.hash())) {
        vectors.remove(segment.id());
      }
    }
  }

  private Stream<Segment> of(String document, int generation) {
    return segments.values().stream()
        .filter(one -> one.document().equals(document) && one.generation() == generation);
  }

  @Override
  public synchronized List<Segment> segments(
      String document, int generation, String after, int most) {
    return of(document, generation)
        .filter(one -> one.id().compareTo(after) > 0)
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Optional<Segment> segment(String id) {
    return Optional.ofNullable(segments.get(id));
  }

  @Override
  public synchronized void deleteSegments(Document document, List<String> ids) {
    documents.put(document.id(), document);
    drop(segment -> ids.contains(segment.id()) || ids.contains(segment.parent()));
  }

  @Override
  public synchronized void serve(Document document) {
    documents.put(document.id(), document);
    drop(
        segment ->
            segment.document().equals(document.id())
                && segment.generation() != document.generation());
  }

  @Override
  public synchronized void dropGeneration(String document, int generation) {
    drop(one -> one.document().equals(document) && one.generation() == generation);
  }

  @Override
  public synchronized void putVectors(Document document, List<Segment.Vector> all) {
    documents.put(document.id(), document);
    for (Segment.Vector vector : all) {
      if (segments.containsKey(vector.segment())) {
        vectors
            .computeIfAbsent(vector.segment(), id -> new LinkedHashMap<>())
            .put(vector.model(), vector);
      }
    }
  }

  @Override
  public synchronized List<Segment.Vector> vectors(List<String> ids) {
    return ids.stream()
        .flatMap(id -> vectors.getOrDefault(id, Map.of()).values().stream())
        .toList();
  }

  private Optional<Segment.Vector> vector(Segment segment, String model) {
    return Optional.ofNullable(vectors.getOrDefault(segment.id(), Map.of()).get(model));
  }

  @Override
  public synchronized int copyVectors(String document, int generation, String model) {
    Map<String, float[]> known = new LinkedHashMap<>();
    for (Segment one : segments.values()) {
      if (one.document().equals(document)) {
        vector(one, model).ifPresent(vector -> known.put(one.hash(), vector.numbers()));
      }
    }
    int copied = 0;
    for (Segment segment : withoutVector(document, generation, model, Integer.MAX_VALUE)) {
      float[] numbers = known.get(segment.hash());
      if (numbers != null) {
        vectors
            .computeIfAbsent(segment.id(), id -> new LinkedHashMap<>())
            .put(model, new Segment.Vector(segment.id(), model, numbers));
        copied++;
      }
    }
    return copied;
  }

  @Override
  public synchronized List<Segment> withoutVector(
      String document, int generation, String model, int most) {
    return of(document, generation)
        .filter(segment -> segment.kind().isFound() && vector(segment, model).isEmpty())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<String> documentsWithoutVectors(String base, String model) {
    return documents(base).stream()
        .filter(one -> !withoutVector(one.id(), one.generation(), model, 1).isEmpty())
        .map(Document::id)
        .toList();
  }

  @Override
  public synchronized void keepVectors(String base, String model) {
    for (Segment segment : segments.values()) {
      if (segment.base().equals(base)) {
        vectors.getOrDefault(segment.id(), Map.of()).keySet().removeIf(one -> !one.equals(model));
      }
    }
  }
}
