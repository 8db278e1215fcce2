package dev.yagura.knowledge;

import dev.yagura.base.FlowException;
import dev.yagura.knowledge.KnowledgeStore.Segment;
import dev.yagura.model.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives segments their vectors. */
final class Embedder {
  private static final int BATCH = 64;

  private final Supplier<Optional<EmbeddingModel>> model;

  Embedder(Supplier<Optional<EmbeddingModel>> model) {
    this.model = model;
  }

  /**
   * @param note what people should know; empty where all went well
   */
  record Embedded(List<Segment> segments, String note) {}

  /** With vectors where there is a model; without one the document is found by its words. */
  Embedded embed(List<Segment> segments) throws InterruptedException {
    Optional<EmbeddingModel> chosen = model.get();
    if (chosen.isEmpty()) {
      return new Embedded(segments, "");
    }
    List<Segment> embedded = new ArrayList<>();
    try {
      for (int from = 0; from < segments.size(); from += BATCH) {
        List<Segment> batch = segments.subList(from, Math.min(segments.size(), from + BATCH));
        embedded.addAll(embed(batch, chosen.get()));
      }
      return new Embedded(embedded, "");
    } catch (FlowException unavailable) {
      return new Embedded(
          segments, "without vectors, found by words only: " + unavailable.failure().message());
    }
  }

  private static List<Segment> embed(List<Segment> batch, EmbeddingModel model)
      throws InterruptedException {
    List<float[]> vectors =
        model
            .embed(
                batch.stream().map(one -> text(one, model)).toList(),
                EmbeddingModel.Purpose.DOCUMENT)
            .vectors();
    List<Segment> embedded = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      embedded.add(withVector(batch.get(i), vectors.get(i), model.name()));
    }
    return embedded;
  }

  private static String text(Segment segment, EmbeddingModel model) {
    String text = segment.heading() + "\n" + segment.text();
    return text.length() > model.maxCharacters() ? text.substring(0, model.maxCharacters()) : text;
  }

  private static Segment withVector(Segment segment, float[] vector, String model) {
    return new Segment(
        segment.id(),
        segment.base(),
        segment.document(),
        segment.position(),
        segment.heading(),
        segment.text(),
        segment.page(),
        vector,
        model);
  }
}
