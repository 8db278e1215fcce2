package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Knowledge.Question;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.QuestionEstimate;
import dev.yagura.knowledge.Search;
import dev.yagura.server.Engine;
import dev.yagura.server.app.ModelRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** Knowledge bases, as an administrator fills and searches them. */
final class KnowledgeOperations {
  private static final int LONGEST_WAIT = 60;

  private final Engine engine;

  KnowledgeOperations(Engine engine) {
    this.engine = engine;
  }

  List<Operation> all() {
    return List.of(
        AdminOperations.get("/knowledge", "All knowledge bases and their documents.", this::list),
        new Operation(
            "PUT",
            "/knowledge/document",
            "Accepts a document; base, name, form, language, separator, max_length, overlap and"
                + " budget in the query, the file as the body.",
            true,
            this::add),
        new Operation(
            "PUT",
            "/knowledge/estimate",
            "About what questions and answers of the file in the body would cost.",
            true,
            this::estimate),
        AdminOperations.get(
            "/knowledge/document/{id}",
            "A document; wait: seconds to wait for the end of the work on it.",
            this::document),
        AdminOperations.post(
            "/knowledge/document/{id}/pause", "Pauses the work on a document.", this::pause),
        AdminOperations.post(
            "/knowledge/document/{id}/resume", "Goes on with it: budget.", this::resume),
        AdminOperations.post(
            "/knowledge/document/{id}/retry", "Works on its file once more.", this::retry),
        AdminOperations.delete("/knowledge/document/{id}", "Deletes a document.", this::delete),
        AdminOperations.delete(
            "/knowledge/{id}", "Deletes a knowledge base with its documents.", this::deleteBase),
        new Operation(
            "PUT",
            "/knowledge/evaluation",
            "Measures retrieval: base and mode in the query, questions as CSV in the body, or the"
                + " bundled ones where it is empty.",
            true,
            new KnowledgeEvaluation(engine)::measure),
        AdminOperations.get(
            "/knowledge/search",
            "Looks a text up: query, base, top_k, mode (full_text, semantic, hybrid).",
            this::search));
  }

  private Library library() {
    return engine.library();
  }

  private JsonNode list(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode bases = answer.putArray("data");
    for (Base base : library().bases().all()) {
      bases.add(
          KnowledgeViews.base(library(), base)
              .put("without_vectors", library().withoutVectors(base)));
    }
    return answer;
  }

  private static String name(Call call) {
    String name = call.query("name", "");
    if (name.isBlank() || name.length() > 255 || name.matches(".*[\\\\\\p{Cntrl}].*")) {
      throw DocumentSettings.invalid("name", name, "the name of a file");
    }
    return name;
  }

  private JsonNode add(Call call) {
    String name = name(call);
    var settings = DocumentSettings.of(call, name);
    Base base = library().bases().named(call.query("base", "Runbooks"));
    try (IncomingFile file = IncomingFile.receive(engine, call.bytes())) {
      Library.Accepted accepted = library().accept(base, name, file.path(), settings);
      return KnowledgeViews.document(accepted.document())
          .put("base", base.name())
          .put("base_id", base.id())
          .put("unchanged", accepted.unchanged());
    }
  }

  private JsonNode estimate(Call call) {
    String name = name(call);
    var settings = DocumentSettings.of(call, name);
    if (engine.models().system(ModelRegistry.Kind.CHAT).isEmpty()) {
      throw Failure.user(
              "ModelNotSetUp",
              "no model is set up to make questions with (expected: yagura model add PROVIDER"
                  + " --model ID first)")
          .asException();
    }
    try (IncomingFile file = IncomingFile.receive(engine, call.bytes())) {
      QuestionEstimate about = library().estimate(name, file.path(), settings);
      return Json.object()
          .put("model", about.model())
          .put("parts", about.parts())
          .put("prompt_tokens", about.promptTokens())
          .put("completion_tokens", about.completionTokens())
          .put("cost", about.cost());
    }
  }

  private JsonNode document(Call call) throws InterruptedException {
    String wait = call.query("wait", "0");
    if (!wait.matches("\\d{1,3}") || Integer.parseInt(wait) > LONGEST_WAIT) {
      throw DocumentSettings.invalid("wait", wait, "0 to " + LONGEST_WAIT + " seconds");
    }
    String id = known(call.path("id"));
    return KnowledgeViews.document(library().await(id, Duration.ofSeconds(Integer.parseInt(wait))));
  }

  private String known(String id) {
    return library()
        .document(id)
        .orElseThrow(
            () -> Failure.user("not_found", "there is no document '" + id + "'").asException())
        .id();
  }

  private JsonNode pause(Call call) {
    return KnowledgeViews.document(library().pause(known(call.path("id"))));
  }

  private JsonNode resume(Call call) {
    JsonNode budget = call.json().path("budget");
    return KnowledgeViews.document(
        library()
            .resume(
                known(call.path("id")),
                budget.isMissingNode()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(DocumentSettings.amount(budget.asText()))));
  }

  private JsonNode retry(Call call) {
    return KnowledgeViews.document(library().retry(known(call.path("id"))));
  }

  private JsonNode delete(Call call) {
    library().deleteDocument(call.path("id"));
    return Json.object().put("result", "success");
  }

  private JsonNode deleteBase(Call call) {
    Base base = library().bases().get(call.path("id"));
    if (library().bases().isBundled(base.id())) {
      throw Failure.user("ReadOnlyKnowledge", base.name() + " is read-only").asException();
    }
    library().deleteBase(base.id());
    return Json.object().put("result", "success");
  }

  private JsonNode search(Call call) throws InterruptedException {
    List<String> bases = bases(engine, call);
    String topK = call.query("top_k", "5");
    if (!topK.matches("[1-9]\\d?")) {
      throw DocumentSettings.invalid("top_k", topK, "1 to 99");
    }
    Search.Mode mode = DocumentSettings.mode(call);
    return KnowledgeViews.answer(
        library()
            .retrieve(
                Question.of(
                    bases,
                    call.query("query", ""),
                    Search.DEFAULT.by(mode).top(Integer.parseInt(topK), 0))));
  }

  /** The base that the query names, or all. */
  static List<String> bases(Engine engine, Call call) {
    String base = call.query("base", "");
    var all = engine.library().bases();
    return base.isEmpty()
        ? all.all().stream().map(Base::id).toList()
        : List.of(
            all.find(base)
                .map(Base::id)
                .orElseThrow(
                    () ->
                        Failure.user("not_found", "there is no knowledge base '" + base + "'")
                            .asException()));
  }
}
