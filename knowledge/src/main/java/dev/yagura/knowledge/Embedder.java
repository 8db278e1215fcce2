package dev.yagura.knowledge;

import dev.yagura.base.FlowException;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Embeddings;
import dev.yagura.model.EmbeddingModel.Purpose;
import dev.yagura.model.Models;
import dev.yagura.model.Models.Chosen;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the segments of documents their vectors. */
final class Embedder {
  private static final Logger LOG = LoggerFactory.getLogger(Embedder.class);

  /** Begins the note of a document whose vectors could not be made yet. */
  static final String WITHOUT = "without vectors until the model answers, found by words only: ";

  private static final int BATCH = 64;

  private final KnowledgeStore store;
  private final Documents documents;
  private final Models models;
  private final InstantSource clock;

  Embedder(KnowledgeStore store, Documents documents, Models models, InstantSource clock) {
    this.store = store;
    this.documents = documents;
    this.models = models;
    this.clock = clock;
  }

  /** The model whose vectors the base shall have; empty for words alone. */
  Optional<Chosen<EmbeddingModel>> wanted(Base base) {
    if (base.settings().economy()) {
      return Optional.empty();
    }
    String own = base.settings().embeddingModel();
    return own.isEmpty() ? models.embedding() : models.embedding(own);
  }

  /**
   * Makes the vectors that a generation lacks. What was made stays when a later one fails.
   *
   * @return what people should know: why there are none; empty where all went well
   */
  String embed(Base base, String document, int generation) throws InterruptedException {
    try {
      Optional<Chosen<EmbeddingModel>> chosen = wanted(base);
      if (chosen.isPresent()) {
        embed(document, generation, chosen.get());
        serveFirst(base.id(), chosen.get().model().name());
      }
      return "";
    } catch (FlowException unavailable) {
      return WITHOUT + unavailable.failure().message();
    }
  }

  private void embed(String document, int generation, Chosen<EmbeddingModel> chosen)
      throws InterruptedException {
    EmbeddingModel model = chosen.model();
    int unusedCopies = store.copyVectors(document, generation, model.name());
    while (true) {
      List<Segment> batch = store.withoutVector(document, generation, model.name(), BATCH);
      if (batch.isEmpty()) {
        return;
      }
      Embeddings made =
          model.embed(batch.stream().map(one -> text(one, model)).toList(), Purpose.DOCUMENT);
      List<Segment.Vector> vectors = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        vectors.add(new Segment.Vector(batch.get(i).id(), model.name(), made.vectors().get(i)));
      }
      double cost = chosen.price().promptPrice(made.usage()).doubleValue();
      LOG.info(
          "document {}: {} vectors of {}, {} tokens, {} USD, {} ms",
          document,
          batch.size(),
          model.name(),
          made.usage().promptTokens(),
          cost,
          made.usage().total().toMillis());
      Document unused =
          documents.change(
              document,
              one ->
                  one.with(one.counts().plus(made.usage().promptTokens(), cost))
                      .at(clock.instant()),
              one -> store.putVectors(one, vectors));
    }
  }

  /** The first vectors of a base serve at once. */
  private void serveFirst(String base, String model) {
    store.bases().stream()
        .filter(one -> one.id().equals(base) && one.servedModel().isEmpty())
        .findFirst()
        .ifPresent(one -> store.putBase(one.serving(model)));
  }

  private static String text(Segment segment, EmbeddingModel model) {
    String text = segment.embedded();
    return text.length() > model.maxCharacters() ? text.substring(0, model.maxCharacters()) : text;
  }
}
