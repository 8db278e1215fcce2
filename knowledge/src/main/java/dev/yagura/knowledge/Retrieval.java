package dev.yagura.knowledge;

import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Hit.Child;
import dev.yagura.knowledge.index.Found;
import dev.yagura.knowledge.index.IndexQuery;
import dev.yagura.knowledge.index.IndexQuery.QueryVector;
import dev.yagura.knowledge.index.SegmentIndex;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Embeddings;
import dev.yagura.model.EmbeddingModel.Purpose;
import dev.yagura.model.Models;
import dev.yagura.model.Models.Chosen;
import dev.yagura.model.Price;
import dev.yagura.model.RerankModel;
import dev.yagura.model.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks things up: words and vectors, then the rerank model where there is one. What is not there
 * is done without, and the answer says so.
 */
final class Retrieval {
  /** What the rerank model sees. */
  private static final int CANDIDATES = 50;

  /** Parts of one parent that are expected among the hits. */
  private static final int CHILDREN = 3;

  private static final int GUESSES = 3;
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]+/\\S+");

  private final KnowledgeStore store;
  private final SegmentIndex index;
  private final Models models;

  /** Where the headings are names and the texts what leads to them; or empty. */
  private volatile String guesses = "";

  Retrieval(KnowledgeStore store, SegmentIndex index, Models models) {
    this.store = store;
    this.index = index;
    this.models = models;
  }

  void guessFrom(String base) {
    guesses = base;
  }

  /**
   * @param served by the ids of the bases: the model of their vectors, or empty
   */
  Knowledge.Answer answer(Knowledge.Question question, Function<String, String> served)
      throws InterruptedException {
    Search search = question.search();
    String text = question.text();
    Knowledge.Answer answer = Knowledge.Answer.EMPTY;
    List<QueryVector> vectors = new ArrayList<>();
    if (search.mode() != Search.Mode.FULL_TEXT) {
      answer = embed(question, served, vectors);
    }
    boolean words = search.mode() != Search.Mode.SEMANTIC || vectors.isEmpty();
    if (search.mode() == Search.Mode.SEMANTIC && vectors.isEmpty()) {
      answer = noting(answer, "there are no vectors, searched by words");
    }
    var query =
        new IndexQuery(
            question.bases(),
            documents(question),
            words ? text : "",
            words ? names(text) : Map.of(),
            vectors,
            search.vectorWeight(),
            search.rerank() && models.rerank().isPresent()
                ? Math.max(CANDIDATES, search.topK())
                : search.topK() * CHILDREN);
    List<Hit> hits = families(index.search(query));
    answer = search.rerank() ? rerank(text, hits, answer) : answer.with(hits);
    return answer.with(
        answer.hits().stream()
            .filter(hit -> hit.score() >= search.threshold())
            .limit(search.topK())
            .toList());
  }

  /** The vectors of the question by all models whose vectors the bases have. */
  private Knowledge.Answer embed(
      Knowledge.Question question, Function<String, String> served, List<QueryVector> vectors)
      throws InterruptedException {
    Knowledge.Answer answer = Knowledge.Answer.EMPTY;
    List<String> names =
        question.bases().stream().map(served).filter(name -> !name.isEmpty()).distinct().toList();
    for (String name : names) {
      try {
        Optional<Chosen<EmbeddingModel>> chosen = models.embedding(name);
        if (chosen.isEmpty()) {
          answer =
              noting(
                  answer,
                  "vectors are unavailable, searched by words: " + name + " is not registered");
          continue;
        }
        Embeddings made = chosen.get().model().embed(List.of(question.text()), Purpose.QUERY);
        vectors.add(new QueryVector(name, made.vectors().getFirst()));
        answer = answer.adding(made.usage(), chosen.get().price(), "");
      } catch (FlowException unavailable) {
        answer =
            noting(
                answer,
                "vectors are unavailable, searched by words: " + unavailable.failure().message());
      }
    }
    return answer;
  }

  private static Knowledge.Answer noting(Knowledge.Answer answer, String words) {
    return answer.adding(Usage.NONE, Price.UNKNOWN, words);
  }

  /** Those that the filter lets through; null where there is none. */
  private @Nullable List<String> documents(Knowledge.Question question) {
    MetadataFilter filter = question.filter();
    if (filter.isEmpty()) {
      return null;
    }
    return question.bases().stream()
        .flatMap(base -> store.documents(base).stream())
        .filter(filter::matches)
        .map(Document::id)
        .toList();
  }

  /** What a sentence may be about, and how sure that is, from 0 to 1. */
  private Map<String, Double> names(String text) {
    if (guesses.isEmpty() || NAME.matcher(text).find()) {
      return Map.of();
    }
    List<Found> found =
        index.search(
            new IndexQuery(List.of(guesses), null, text, Map.of(), List.of(), 0, GUESSES * 2));
    Map<String, Double> names = new LinkedHashMap<>();
    for (Found one : found) {
      if (names.size() < GUESSES) {
        double sure = one.hit().score() * one.hit().score();
        Double unused = names.putIfAbsent(one.hit().heading(), sure);
      }
    }
    return names;
  }

  /** Parents in the place of their children, once each. */
  private List<Hit> families(List<Found> all) {
    Map<String, Hit> hits = new LinkedHashMap<>();
    for (Found found : all) {
      Hit hit = found.hit();
      Optional<Segment> parent =
          found.parent().isEmpty() || !hit.answer().isEmpty()
              ? Optional.empty()
              : store.segment(found.parent());
      if (parent.isEmpty()) {
        hits.put(hit.segment(), hit);
      } else {
        Child child = new Child(hit.segment(), hit.text(), hit.position(), hit.score());
        hits.merge(
            parent.get().id(),
            family(hit, parent.get(), child),
            (first, other) -> first.joined(child));
      }
    }
    return new ArrayList<>(hits.values());
  }

  private static Hit family(Hit child, Segment parent, Child by) {
    return new Hit(
        parent.id(),
        child.base(),
        child.baseName(),
        child.document(),
        child.documentName(),
        parent.position(),
        parent.heading(),
        parent.text(),
        "",
        parent.page(),
        child.score(),
        child.stages(),
        List.of(by));
  }

  private Knowledge.Answer rerank(String text, List<Hit> hits, Knowledge.Answer answer)
      throws InterruptedException {
    try {
      Optional<Chosen<RerankModel>> chosen = models.rerank();
      if (chosen.isEmpty() || hits.size() < 2) {
        return answer.with(hits);
      }
      RerankModel model = chosen.get().model();
      List<Hit> first = hits.subList(0, Math.min(hits.size(), model.maxTexts()));
      RerankModel.Ranking ranking =
          model.rank(text, first.stream().map(hit -> cut(hit.content(), model)).toList());
      List<Hit> ranked = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        ranked.add(first.get(i).reranked(ranking.scores().get(i)));
      }
      ranked.sort(Comparator.comparingDouble(hit -> -hit.score()));
      return answer.adding(ranking.usage(), chosen.get().price(), "").with(ranked);
    } catch (FlowException unavailable) {
      return noting(
              answer,
              "reranking is unavailable, ordered by words and vectors: "
                  + unavailable.failure().message())
          .with(hits);
    }
  }

  private static String cut(String text, RerankModel model) {
    return text.length() > model.maxCharacters() ? text.substring(0, model.maxCharacters()) : text;
  }
}
