package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.knowledge.KnowledgeStore.Base;
import dev.yagura.knowledge.KnowledgeStore.Document;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.server.Cleaning;
import dev.yagura.server.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Knowledge bases, as an administrator fills and searches them. */
final class KnowledgeOperations {
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
            "Adds a document; base and name in the query, the file as the body.",
            true,
            this::add),
        new Operation(
            "DELETE", "/knowledge/document/{id}", "Deletes a document.", false, this::delete),
        AdminOperations.get(
            "/knowledge/search", "Looks a text up: query, base, top_k.", this::search));
  }

  private JsonNode list(Call call) {
    Library library = engine.library();
    ObjectNode answer = Json.object();
    ArrayNode bases = answer.putArray("data");
    for (Base base : library.bases()) {
      ObjectNode one = bases.addObject().put("id", base.id()).put("name", base.name());
      one.put("read_only", library.isBundled(base.id()));
      ArrayNode documents = one.putArray("documents");
      library.documents(base.id()).forEach(document -> documents.add(view(document)));
    }
    return answer;
  }

  private static ObjectNode view(Document document) {
    return Json.object()
        .put("id", document.id())
        .put("name", document.name())
        .put("status", document.isIndexed() ? "indexed" : "failed")
        .put("error", document.error())
        .put("segments", document.segments())
        .put("characters", document.characters())
        .put("added_at", document.addedAt().getEpochSecond());
  }

  private JsonNode add(Call call) throws InterruptedException {
    String name = call.query("name", "");
    if (name.isBlank() || name.length() > 255 || name.matches(".*[\\\\\\p{Cntrl}].*")) {
      throw Failure.user("invalid_param", "name: '" + name + "' (expected: the name of a file)")
          .asException();
    }
    Base base = engine.library().baseNamed(call.query("base", "Runbooks"));
    Path file = received(call.bytes());
    try {
      Library.Added added = engine.library().add(base, name, file);
      return view(added.document())
          .put("base", base.name())
          .put("base_id", base.id())
          .put("unchanged", added.unchanged())
          .put("note", added.note());
    } finally {
      delete(file);
    }
  }

  private Path received(InputStream content) {
    try {
      Path folder = Files.createDirectories(engine.config().data().resolve(Cleaning.INCOMING));
      Path file = Files.createTempFile(folder, "document", ".part");
      long copied = 0;
      try (var out = Files.newOutputStream(file)) {
        byte[] buffer = new byte[1 << 16];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          copied += read;
          if (copied > Extractors.MAX_BYTES) {
            break;
          }
          out.write(buffer, 0, read);
        }
      }
      if (copied > Extractors.MAX_BYTES) {
        Files.delete(file);
        throw Failure.limit(
                "request_too_large",
                "the file is larger than "
                    + (Extractors.MAX_BYTES >> 20)
                    + " MB (expected: at most that)")
            .asException();
      }
      return file;
    } catch (IOException broken) {
      throw new FlowException(
          Failure.user("bad_request", "the file broke off: " + broken.getMessage()), broken);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException kept) {
      throw new FlowException(
          Failure.internal("FileNotDeleted", file + " cannot be deleted"), kept);
    }
  }

  private JsonNode delete(Call call) {
    engine.library().deleteDocument(call.path("id"));
    return Json.object().put("result", "success");
  }

  private JsonNode search(Call call) throws InterruptedException {
    Library library = engine.library();
    String base = call.query("base", "");
    List<String> bases =
        base.isEmpty()
            ? library.bases().stream().map(Base::id).toList()
            : List.of(
                library
                    .find(base)
                    .map(Base::id)
                    .orElseThrow(
                        () ->
                            Failure.user("not_found", "there is no knowledge base '" + base + "'")
                                .asException()));
    String topK = call.query("top_k", "5");
    if (!topK.matches("[1-9]\\d?")) {
      throw Failure.user("invalid_param", "top_k: '" + topK + "' (expected: 1 to 99)")
          .asException();
    }
    Knowledge.Answer found =
        library.retrieve(bases, call.query("query", ""), Integer.parseInt(topK), 0);
    ObjectNode answer = Json.object().put("note", found.note());
    ArrayNode hits = answer.putArray("data");
    for (Hit hit : found.hits()) {
      hits.addObject()
          .put("score", hit.score())
          .put("base", hit.baseName())
          .put("document", hit.documentName())
          .put("heading", hit.heading())
          .put("page", hit.page())
          .put("text", hit.text());
    }
    return answer;
  }
}
