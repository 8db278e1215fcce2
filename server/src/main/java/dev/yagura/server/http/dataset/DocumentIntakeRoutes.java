package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.server.Engine;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.IncomingFile;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import dev.yagura.server.http.dataset.DocumentOrders.Order;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Takes documents in, as text and as files. */
final class DocumentIntakeRoutes {
  private static final String NEW = "/v1/datasets/{dataset}/document/";
  private static final String OLD = "/v1/datasets/{dataset}/documents/{document}/";
  private static final int MAX_NAME = 255;
  private static final int MAX_ID = 64;

  private final Engine engine;
  private final Library library;
  private final Targets targets;
  private final DocumentOrders orders;

  /** Held while a free name is looked for and taken. */
  private final Lock names = new ReentrantLock();

  DocumentIntakeRoutes(Engine engine, DatasetExtras extras) {
    this.engine = engine;
    this.library = engine.library();
    this.targets = new Targets(library);
    this.orders = new DocumentOrders(engine, extras);
  }

  /** Dify has both spellings. */
  void register(Routes routes) {
    for (String word : List.of("by-text", "by_text")) {
      String create = word.equals("by-text") ? "create-" : "create_";
      String update = word.equals("by-text") ? "update-" : "update_";
      routes.add(
          HandlerType.POST,
          NEW + create + word,
          Permission.DATASET,
          "Makes a document of a text.",
          this::createByText);
      routes.add(
          HandlerType.POST,
          OLD + update + word,
          Permission.DATASET,
          "Changes a document: name, text, process_rule.",
          this::updateByText);
      String file = word.replace("text", "file");
      routes.add(
          HandlerType.POST,
          NEW + create + file,
          Permission.DATASET,
          "Makes a document of a file: file, data.",
          this::createByFile);
      routes.add(
          HandlerType.POST,
          OLD + update + file,
          Permission.DATASET,
          "Changes a document: file, data.",
          this::updateByFile);
    }
  }

  private void createByText(Context context, Caller caller) {
    Base base = targets.own(context);
    Fields fields = Fields.of(Requests.json(context));
    String name = name(fields.need("name", MAX_NAME));
    try (IncomingFile file = text(fields.need("text", Requests.MAX_JSON))) {
      answer(context, base, create(base, fields, name, kind(name), file));
    }
  }

  /** Names are shown, logged and kept; control characters have no place there. */
  private static String name(String given) {
    if (given.matches(".*\\p{Cntrl}.*")) {
      throw Fields.invalidParam("name", given, "no control characters");
    }
    return given.strip();
  }

  /** A text is read as plain text unless its name says that it is Markdown. */
  private static String kind(String name) {
    String kind = Extractors.kind(name);
    return Set.of("md", "markdown", "mdx").contains(kind) ? "md" : "txt";
  }

  private IncomingFile text(String text) {
    return IncomingFile.receive(
        engine, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void createByFile(Context context, Caller caller) {
    Base base = targets.own(context);
    FileForm form = FileForm.of(context, engine);
    String name = form.name();
    try (IncomingFile file = form.receive(engine)) {
      answer(context, base, create(base, form.data(), name, Extractors.kind(name), file));
    }
  }

  private Document create(Base base, Fields fields, String name, String kind, IncomingFile file) {
    var before = fields.text("original_document_id", MAX_ID).filter(id -> !id.isBlank());
    if (before.isPresent()) {
      return replace(base, targets.document(before.get(), base), fields, name, kind, file);
    }
    names.lock();
    try {
      List<Document> documents = library.documents(base.id());
      Order order = orders.ofNew(base, documents, fields);
      Base prepared = orders.prepare(base, documents, fields, order);
      Document.Settings settings =
          Document.Settings.of(kind, order.form(), order.language(), order.rule())
              .from(DocumentViews.SOURCE, BatchNumbers.next(engine.clock()));
      return library.accept(prepared, free(documents, name), file.path(), settings).document();
    } finally {
      names.unlock();
    }
  }

  /** Two documents of one name are two documents to Dify; the library tells them by their names. */
  private static String free(List<Document> documents, String name) {
    Set<String> taken = documents.stream().map(Document::name).collect(Collectors.toSet());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String end = dot > 0 ? name.substring(dot) : "";
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = stem + " (" + i + ")" + end;
    }
    return free;
  }

  private void updateByText(Context context, Caller caller) {
    Base base = targets.own(context);
    Document before = targets.document(context, base);
    Fields fields = Fields.of(Requests.json(context));
    String name = fields.has("name") ? name(fields.need("name", MAX_NAME)) : before.name();
    if (!fields.has("text")) {
      answer(context, base, change(base, before, fields, name));
      return;
    }
    try (IncomingFile file = text(fields.need("text", Requests.MAX_JSON))) {
      answer(context, base, replace(base, before, fields, name, kind(name), file));
    }
  }

  private void updateByFile(Context context, Caller caller) {
    Base base = targets.own(context);
    Document before = targets.document(context, base);
    FileForm form = FileForm.of(context, engine);
    Fields fields = form.data();
    if (!form.hasFile()) {
      String name = fields.has("name") ? name(fields.need("name", MAX_NAME)) : before.name();
      answer(context, base, change(base, before, fields, name));
      return;
    }
    String given = form.name();
    String name = fields.has("name") ? name(fields.need("name", MAX_NAME)) : given;
    try (IncomingFile file = form.receive(engine)) {
      answer(context, base, replace(base, before, fields, name, Extractors.kind(given), file));
    }
  }

  private Document replace(
      Base base, Document before, Fields fields, String name, String kind, IncomingFile file) {
    Order order = orders.ofChanged(before, fields);
    Document.Settings old = before.settings();
    Document.Settings settings =
        Document.Settings.of(kind, order.form(), order.language(), order.rule())
            .with(old.metadata())
            .found(old.enabled(), old.archived())
            .spending(old.budget())
            .from(DocumentViews.SOURCE, BatchNumbers.next(engine.clock()));
    names.lock();
    try {
      Document named = rename(base, before, name);
      Library.Accepted accepted = library.accept(base, named.name(), file.path(), settings);
      return accepted.unchanged() ? numbered(accepted.document()) : accepted.document();
    } finally {
      names.unlock();
    }
  }

  /** What a client asks for next is the batch of its request. */
  private Document numbered(Document document) {
    String batch = BatchNumbers.next(engine.clock());
    return library.change(
        document.id(),
        one ->
            one.with(one.settings().from(DocumentViews.SOURCE, batch), engine.clock().instant()));
  }

  /** Without a new text or file: a new name, or the same file by another rule. */
  private Document change(Base base, Document before, Fields fields, String name) {
    Order order = orders.ofChanged(before, fields);
    names.lock();
    try {
      Document named = numbered(rename(base, before, name));
      Document.Settings old = named.settings();
      Document.Settings settings =
          Document.Settings.of(old.kind(), order.form(), order.language(), order.rule())
              .with(old.metadata())
              .found(old.enabled(), old.archived())
              .spending(old.budget())
              .from(old.source(), old.batch());
      if (old.sameWork(settings)) {
        return named;
      }
      Document changed =
          library.change(named.id(), one -> one.with(settings, engine.clock().instant()));
      return library.retry(changed.id());
    } finally {
      names.unlock();
    }
  }

  private Document rename(Base base, Document before, String name) {
    Document now = targets.document(before.id(), base);
    if (!now.state().isFinal() && now.state() != Document.State.PAUSED) {
      throw Failure.user(
              "document_indexing",
              now.name() + " is being worked on (expected: a document that is finished)")
          .asException();
    }
    if (now.name().equals(name)) {
      return now;
    }
    List<Document> others =
        library.documents(base.id()).stream().filter(one -> !one.id().equals(now.id())).toList();
    return library.change(now.id(), one -> one.named(free(others, name), engine.clock().instant()));
  }

  private void answer(Context context, Base base, Document document) {
    Base now = targets.base(base.id());
    ObjectNode answer = Json.object();
    answer.set("document", DocumentViews.document(now, document, targets.documents(now)));
    Requests.answer(context, 200, answer.put("batch", document.settings().batch()));
  }
}
