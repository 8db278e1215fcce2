package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.knowledge.Knowledge.Question;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.MetadataFilter;
import dev.yagura.knowledge.Search;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;

/** Looks a text up in a dataset and says how each hit came to its score. */
final class RetrieveRoutes {
  private static final int MAX_QUERY = 250;
  private static final String EXPECTED =
      "Query is required and cannot exceed " + MAX_QUERY + " characters";

  private final Library library;
  private final Targets targets;

  RetrieveRoutes(Library library, Targets targets) {
    this.library = library;
    this.targets = targets;
  }

  void register(Routes routes) {
    for (String name : List.of("retrieve", "hit-testing")) {
      routes.add(
          HandlerType.POST,
          "/v1/datasets/{dataset}/" + name,
          Permission.DATASET,
          "Looks a text up: query, retrieval_model.",
          this::retrieve);
    }
  }

  private void retrieve(Context context, Caller caller) throws InterruptedException {
    Base base = targets.base(context);
    Fields fields = Fields.of(Requests.json(context));
    String query = fields.text("query", Requests.MAX_JSON).orElse("");
    if (query.isBlank() || query.codePointCount(0, query.length()) > MAX_QUERY) {
      throw Fields.invalidParam(EXPECTED);
    }
    Optional<Fields> model = fields.object("retrieval_model");
    Search search =
        RetrievalModels.effective(
            base,
            model
                .map(given -> RetrievalModels.read(given, base.settings().search()))
                .orElse(base.settings().search()));
    MetadataFilter filter =
        model
            .flatMap(given -> given.object("metadata_filtering_conditions"))
            .map(MetadataConditions::read)
            .orElse(MetadataFilter.NONE);
    Knowledge.Answer found =
        library.retrieve(new Question(List.of(base.id()), query, search, filter));
    Requests.answer(context, 200, view(base, query, search, found));
  }

  private ObjectNode view(Base base, String query, Search search, Knowledge.Answer found) {
    ObjectNode answer = Json.object();
    answer.putObject("query").put("content", query);
    ArrayNode records = answer.putArray("records");
    for (Hit hit : found.hits()) {
      ObjectNode one = records.addObject();
      one.set("segment", segment(base, hit));
      ArrayNode children = one.putArray("child_chunks");
      for (Hit.Child child : hit.children()) {
        children
            .addObject()
            .put("id", child.id())
            .put("content", child.text())
            .put("position", child.position())
            .put("score", child.score());
      }
      one.put("score", hit.score()).putNull("tsne_position");
      one.putArray("files");
      one.putNull("summary");
      one.putObject("score_details")
          .put("search_method", search.mode().wire())
          .put("full_text", hit.stages().words())
          .put("vector", hit.stages().vector())
          .put("vector_weight", search.vectorWeight())
          .put("rerank", hit.stages().rerank());
    }
    return found.note().isEmpty() ? answer : answer.put("note", found.note());
  }

  /** A segment of a base that comes with the product is only in the index. */
  private ObjectNode segment(Base base, Hit hit) {
    ObjectNode json =
        library
            .editing()
            .find(hit.segment())
            .map(SegmentViews::segment)
            .orElseGet(() -> SegmentViews.of(hit));
    if (hit.answer().isEmpty()) {
      json.put("content", hit.content()).put("sign_content", hit.content());
    }
    json.remove("child_chunks");
    json.remove("attachments");
    ObjectNode document =
        json.putObject("document")
            .put("id", hit.document())
            .put("data_source_type", "upload_file")
            .put("name", hit.documentName())
            .putNull("doc_type");
    library
        .document(hit.document())
        .ifPresentOrElse(
            one -> document.set("doc_metadata", MetadataViews.of(base, one)),
            () -> document.putArray("doc_metadata"));
    return json;
  }
}
