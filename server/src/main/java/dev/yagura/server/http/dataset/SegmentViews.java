package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Segment;
import dev.yagura.server.http.Json;
import java.util.List;

/** Segments and their parts as Dify shows them (dify-contract §5.7). */
final class SegmentViews {
  private SegmentViews() {}

  static ObjectNode segment(Segment segment) {
    ObjectNode json =
        begin(
            segment.id(),
            segment.document(),
            segment.position(),
            segment.heading(),
            segment.text(),
            segment.answer());
    Long changed = segment.changedAt().getEpochSecond();
    json.put("index_node_hash", segment.hash()).put("hit_count", 0);
    json.put("enabled", segment.enabled()).putNull("disabled_at").putNull("disabled_by");
    json.put("status", status(segment)).put("created_by", DatasetViews.AUTHOR);
    json.put("created_at", changed).put("updated_at", changed);
    json.put("updated_by", DatasetViews.AUTHOR).put("indexing_at", changed);
    json.put("completed_at", segment.state() == Segment.State.COMPLETED ? changed : null);
    json.put("error", segment.error().isEmpty() ? null : segment.error());
    json.putNull("stopped_at").putArray("child_chunks");
    json.putArray("attachments");
    return json.putNull("summary");
  }

  static String status(Segment segment) {
    return switch (segment.state()) {
      case WAITING -> "waiting";
      case COMPLETED -> "completed";
      case FAILED -> "error";
    };
  }

  private static ObjectNode begin(
      String id, String document, int position, String heading, String text, String answer) {
    ObjectNode json = Json.object().put("id", id).put("position", position);
    json.put("document_id", document).put("content", text).put("sign_content", text);
    json.put("answer", answer.isEmpty() ? null : answer);
    json.put("word_count", text.length() + answer.length()).put("tokens", 0);
    json.putArray("keywords");
    return json.put("heading", heading).put("index_node_id", id);
  }

  /** Of a segment that is only in the index. */
  static ObjectNode of(Hit hit) {
    ObjectNode json =
        begin(
            hit.segment(), hit.document(), hit.position(), hit.heading(), hit.text(), hit.answer());
    json.putNull("index_node_hash").put("hit_count", 0).put("enabled", true);
    json.putNull("disabled_at").putNull("disabled_by").put("status", "completed");
    return json.put("created_by", DatasetViews.AUTHOR).putNull("error");
  }

  static ObjectNode withChildren(Segment segment, List<Segment> children) {
    ObjectNode json = segment(segment);
    ArrayNode all = json.putArray("child_chunks");
    children.stream().map(SegmentViews::child).forEach(all::add);
    return json;
  }

  static ObjectNode child(Segment child) {
    long changed = child.changedAt().getEpochSecond();
    return Json.object()
        .put("id", child.id())
        .put("segment_id", child.parent())
        .put("content", child.text())
        .put("position", child.position())
        .put("word_count", child.text().length())
        .put("type", "automatic")
        .put("created_at", changed)
        .put("updated_at", changed);
  }
}
