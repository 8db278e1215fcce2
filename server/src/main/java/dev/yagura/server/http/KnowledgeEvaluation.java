package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Search;
import dev.yagura.knowledge.evaluation.Evaluation;
import dev.yagura.knowledge.evaluation.EvaluationQuestion;
import dev.yagura.server.Engine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Measures how well knowledge is found, with questions whose answers are known. */
final class KnowledgeEvaluation {
  private static final String BUNDLED = "/evaluation/questions.csv";

  private final Engine engine;

  KnowledgeEvaluation(Engine engine) {
    this.engine = engine;
  }

  JsonNode measure(Call call) throws InterruptedException {
    Search.Mode mode = DocumentSettings.mode(call);
    var evaluation = new Evaluation(engine.library(), KnowledgeOperations.bases(engine, call));
    List<EvaluationQuestion> all = questions(call);
    List<EvaluationQuestion> answerable = evaluation.answerable(all);
    ObjectNode answer =
        Json.object().put("questions", all.size()).put("answerable", answerable.size());
    ArrayNode rows = answer.putArray("data");
    evaluation
        .measure(answerable, mode)
        .forEach(
            (kind, one) -> {
              ObjectNode row =
                  rows.addObject()
                      .put("kind", kind)
                      .put("questions", one.asked())
                      .put("recall_at_1", one.recallAt1())
                      .put("recall_at_3", one.recallAt3())
                      .put("recall_at_5", one.recallAt5())
                      .put("mrr", one.mrr())
                      .put("p50_ms", one.milliseconds(0.5))
                      .put("p99_ms", one.milliseconds(0.99));
              one.missed().forEach(row.putArray("missed")::add);
            });
    return answer;
  }

  private static List<EvaluationQuestion> questions(Call call) {
    try (var body = new BufferedInputStream(call.bytes())) {
      body.mark(1);
      boolean given = body.read() >= 0;
      body.reset();
      return given ? read("questions", body) : bundled();
    } catch (IOException broken) {
      throw new FlowException(
          Failure.user("bad_request", "the questions broke off: " + broken.getMessage()), broken);
    }
  }

  private static List<EvaluationQuestion> bundled() throws IOException {
    try (InputStream in = KnowledgeEvaluation.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("the bundled questions are missing");
      }
      return read("bundled questions", in);
    }
  }

  private static List<EvaluationQuestion> read(String name, InputStream in) throws IOException {
    try (var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return EvaluationQuestion.read(name, reader);
    }
  }
}
