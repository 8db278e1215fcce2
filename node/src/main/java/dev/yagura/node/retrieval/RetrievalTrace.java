package dev.yagura.node.retrieval;

import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.model.Price;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the trace says of a retrieval: what it cost, and what each stage gave each hit. */
final class RetrievalTrace {
  private RetrievalTrace() {}

  static Value.Obj of(Knowledge.Answer answer, String note) {
    List<Value> stages = new ArrayList<>();
    for (Hit hit : answer.hits()) {
      stages.add(stages(hit));
    }
    Value.Obj process =
        Value.object("usage", usage(answer), "hits", answer.hits().size(), "scores", stages);
    return note.isEmpty() ? process : process.with("note", Value.text(note));
  }

  private static Value usage(Knowledge.Answer answer) {
    if (answer.usage().totalTokens() == 0 && answer.usage().total().isZero()) {
      return Value.EMPTY;
    }
    return Value.object(
        "prompt_tokens",
        answer.usage().promptTokens(),
        "total_tokens",
        answer.usage().totalTokens(),
        "total_price",
        answer.cost().stripTrailingZeros().toPlainString(),
        "currency",
        Price.CURRENCY,
        "latency",
        answer.usage().total().toMillis() / 1000.0);
  }

  private static Value stages(Hit hit) {
    return Value.object(
        "segment_id",
        hit.segment(),
        "score",
        rounded(hit.score()),
        "words",
        orNull(hit.stages().words()),
        "vector",
        orNull(hit.stages().vector()),
        "rerank",
        orNull(hit.stages().rerank()));
  }

  private static Object orNull(@Nullable Double score) {
    return score == null ? Value.NULL : rounded(score);
  }

  static double rounded(double score) {
    return Math.round(score * 10_000) / 10_000.0;
  }
}
