package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.knowledge.Library;
import java.util.Locale;

/** Knowledge as JSON of our own API. */
final class KnowledgeViews {
  private KnowledgeViews() {}

  static ObjectNode base(Library library, Base base) {
    ObjectNode one =
        Json.object()
            .put("id", base.id())
            .put("name", base.name())
            .put("read_only", library.bases().isBundled(base.id()))
            .put("vectors", base.servedModel());
    ArrayNode documents = one.putArray("documents");
    library.documents(base.id()).forEach(document -> documents.add(document(document)));
    return one;
  }

  /** {@code status} is indexed, failed, paused, or what is being done. */
  static ObjectNode document(Document document) {
    Document.Counts counts = document.counts();
    return Json.object()
        .put("id", document.id())
        .put("name", document.name())
        .put("status", status(document.state()))
        .put("error", document.error())
        .put("note", document.note())
        .put("form", document.settings().form().wire())
        .put("segments", counts.segments())
        .put("characters", counts.characters())
        .put("done", counts.done())
        .put("total", counts.total())
        .put("tokens", counts.tokens())
        .put("cost", counts.cost())
        .put("added_at", document.addedAt().getEpochSecond());
  }

  private static String status(Document.State state) {
    return switch (state) {
      case COMPLETED -> "indexed";
      default -> state.name().toLowerCase(Locale.ROOT);
    };
  }

  static ObjectNode answer(Knowledge.Answer found) {
    ObjectNode answer =
        Json.object()
            .put("note", found.note())
            .put("tokens", found.usage().totalTokens())
            .put("cost", found.cost());
    ArrayNode hits = answer.putArray("data");
    for (Hit hit : found.hits()) {
      ObjectNode one =
          hits.addObject()
              .put("score", hit.score())
              .put("base", hit.baseName())
              .put("document", hit.documentName())
              .put("heading", hit.heading())
              .put("page", hit.page())
              .put("text", hit.text())
              .put("answer", hit.answer());
      one.putObject("stages")
          .put("words", hit.stages().words())
          .put("vector", hit.stages().vector())
          .put("rerank", hit.stages().rerank());
    }
    return answer;
  }
}
