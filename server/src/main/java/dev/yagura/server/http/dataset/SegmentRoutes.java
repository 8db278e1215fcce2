package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.Segment;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Segments of documents. */
final class SegmentRoutes {
  static final String ALL = "/v1/datasets/{dataset}/documents/{document}/segments";
  static final int MAX_CONTENT = 100_000;
  private static final String ONE = ALL + "/{segment}";
  private static final int MAX_SEGMENTS = 100;
  private static final int MAX_KEYWORDS = 100;
  private static final List<String> STATUSES =
      List.of("waiting", "indexing", "completed", "error", "re_segment");

  private final Library library;
  private final Targets targets;

  SegmentRoutes(Library library, Targets targets) {
    this.library = library;
    this.targets = targets;
  }

  void register(Routes routes) {
    routes.add(HandlerType.POST, ALL, Permission.DATASET, "Adds segments: segments.", this::create);
    routes.add(HandlerType.GET, ALL, Permission.DATASET, "Segments in order.", this::list);
    routes.add(HandlerType.GET, ONE, Permission.DATASET, "A segment.", this::get);
    routes.add(
        HandlerType.POST, ONE, Permission.DATASET, "Changes a segment: segment.", this::change);
    routes.add(HandlerType.DELETE, ONE, Permission.DATASET, "Deletes a segment.", this::delete);
  }

  /** What a segment is to say. */
  private record Words(String content, String answer) {}

  private void create(Context context, Caller caller) throws InterruptedException {
    Document document = targets.finished(context, targets.own(context));
    List<Words> all = new ArrayList<>();
    for (Fields one : Fields.of(Requests.json(context)).objects("segments", MAX_SEGMENTS)) {
      all.add(words(one, document, new Words("", "")));
    }
    if (all.isEmpty()) {
      refuseEmpty(context);
      return;
    }
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (Words one : all) {
      data.add(view(library.editing().add(document, one.content(), one.answer())));
    }
    Requests.answer(context, 200, answer.put("doc_form", document.settings().form().wire()));
  }

  /** Dify says this in a form of its own; it is said in both. */
  private static void refuseEmpty(Context context) {
    Requests.answer(
        context,
        400,
        Json.object()
            .put("error", "Segments is required")
            .put("code", "invalid_param")
            .put("message", "Segments is required (expected: segments, a list of objects)")
            .put("status", 400));
  }

  private static Words words(Fields fields, Document document, Words before) {
    String content = fields.text("content", MAX_CONTENT).orElse(before.content());
    if (content.isBlank()) {
      throw Fields.invalidParam("Content is empty");
    }
    List<String> unused = fields.texts("keywords", MAX_KEYWORDS, 255);
    if (document.settings().form() != DocumentForm.QUESTIONS) {
      return new Words(content, "");
    }
    String answer = fields.text("answer", MAX_CONTENT).orElse(before.answer());
    if (answer.isBlank()) {
      throw Fields.invalidParam("Answer is required");
    }
    return new Words(content, answer);
  }

  private ObjectNode view(Segment segment) {
    return segment.kind() == Segment.Kind.PARENT
        ? SegmentViews.withChildren(segment, library.editing().children(segment))
        : SegmentViews.segment(segment);
  }

  private void list(Context context, Caller caller) {
    Document document = targets.document(context, targets.base(context));
    String keyword = DatasetRoutes.query(context, "keyword").toLowerCase(Locale.ROOT);
    List<String> statuses = context.queryParams("status");
    statuses.stream()
        .filter(status -> !STATUSES.contains(status))
        .findFirst()
        .ifPresent(
            status -> {
              throw Fields.invalidParam("status", status, String.join(", ", STATUSES));
            });
    List<Segment> shown =
        library.editing().shown(document).stream()
            .filter(one -> one.text().toLowerCase(Locale.ROOT).contains(keyword))
            .filter(one -> statuses.isEmpty() || statuses.contains(SegmentViews.status(one)))
            .toList();
    Requests.answer(
        context,
        200,
        Page.of(context)
            .view(shown, this::view)
            .put("doc_form", document.settings().form().wire()));
  }

  private void get(Context context, Caller caller) {
    Document document = targets.document(context, targets.base(context));
    answer(context, document, targets.segment(context, document));
  }

  private void answer(Context context, Document document, Segment segment) {
    ObjectNode answer = Json.object();
    answer.set("data", view(segment));
    Requests.answer(context, 200, answer.put("doc_form", document.settings().form().wire()));
  }

  private void change(Context context, Caller caller) throws InterruptedException {
    Document document = targets.finished(context, targets.own(context));
    Segment before = targets.segment(context, document);
    Fields fields =
        Fields.of(Requests.json(context))
            .object("segment")
            .orElseThrow(
                () -> Fields.invalidParam("segment: Field required (expected: an object)"));
    Words words = words(fields, document, new Words(before.text(), before.answer()));
    Segment after =
        library
            .editing()
            .edit(
                before,
                words.content(),
                words.answer(),
                fields.flag("enabled", before.enabled()),
                fields.flag("regenerate_child_chunks", false));
    answer(context, document, after);
  }

  private void delete(Context context, Caller caller) {
    Document document = targets.finished(context, targets.own(context));
    library.editing().delete(List.of(targets.segment(context, document)));
    context.status(204);
  }
}
