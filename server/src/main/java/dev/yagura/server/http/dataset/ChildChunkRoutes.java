package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.Segment;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Locale;

/** The parts by which segments of parents and children are found. */
final class ChildChunkRoutes {
  private static final String ALL = SegmentRoutes.ALL + "/{segment}/child_chunks";
  private static final String ONE = ALL + "/{child}";

  private final Library library;
  private final Targets targets;

  ChildChunkRoutes(Library library, Targets targets) {
    this.library = library;
    this.targets = targets;
  }

  void register(Routes routes) {
    routes.add(
        HandlerType.POST, ALL, Permission.DATASET, "Adds a part to a segment: content.", this::add);
    routes.add(HandlerType.GET, ALL, Permission.DATASET, "The parts of a segment.", this::list);
    routes.add(
        HandlerType.PATCH, ONE, Permission.DATASET, "Changes a part: content.", this::change);
    routes.add(HandlerType.DELETE, ONE, Permission.DATASET, "Deletes a part.", this::delete);
  }

  private Segment parent(Context context) {
    Document document = targets.finished(context, targets.own(context));
    return targets.segment(context, document);
  }

  private static String content(Context context) {
    return Fields.of(Requests.json(context)).need("content", SegmentRoutes.MAX_CONTENT);
  }

  private static void answer(Context context, Segment child) {
    ObjectNode answer = Json.object();
    answer.set("data", SegmentViews.child(child));
    Requests.answer(context, 200, answer);
  }

  private void add(Context context, Caller caller) throws InterruptedException {
    answer(context, library.editing().addChild(parent(context), content(context)));
  }

  private void list(Context context, Caller caller) {
    Base base = targets.base(context);
    Segment parent = targets.segment(context, targets.document(context, base));
    String keyword = DatasetRoutes.query(context, "keyword").toLowerCase(Locale.ROOT);
    List<Segment> children =
        library.editing().children(parent).stream()
            .filter(one -> one.text().toLowerCase(Locale.ROOT).contains(keyword))
            .toList();
    Page page = Page.of(context);
    Requests.answer(
        context,
        200,
        page.view(children, SegmentViews::child)
            .put("total_pages", Math.ceilDiv(children.size(), page.limit())));
  }

  private void change(Context context, Caller caller) throws InterruptedException {
    Segment child = targets.child(context, parent(context));
    answer(context, library.editing().edit(child, content(context), "", child.enabled(), false));
  }

  private void delete(Context context, Caller caller) {
    library.editing().delete(List.of(targets.child(context, parent(context))));
    context.status(204);
  }
}
