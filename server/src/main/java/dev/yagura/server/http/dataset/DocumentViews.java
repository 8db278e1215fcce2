package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Document.State;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.server.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Documents as Dify shows them (dify-contract §5.5, §5.7). */
final class DocumentViews {
  /** Where documents of this API come from, by Dify's name. */
  static final String SOURCE = "file_upload";

  private DocumentViews() {}

  /**
   * @param all documents of the base, the oldest first
   */
  static ObjectNode document(Base base, Document document, List<Document> all) {
    ObjectNode json = begin(document, all);
    json.put("tokens", document.counts().tokens());
    state(json, document);
    json.put("word_count", document.counts().characters()).put("hit_count", 0);
    json.put("doc_form", document.settings().form().wire());
    json.set("doc_metadata", MetadataViews.of(base, document));
    return json.putNull("summary_index_status").put("need_summary", false);
  }

  private static ObjectNode begin(Document document, List<Document> all) {
    ObjectNode json = Json.object().put("id", document.id());
    json.put("position", position(document, all));
    json.put("data_source_type", "upload_file");
    json.putObject("data_source_info").put("upload_file_id", document.id());
    json.putObject("data_source_detail_dict")
        .putObject("upload_file")
        .put("id", document.id())
        .put("name", document.name())
        .put("extension", Extractors.kind(document.name()))
        .put("created_by", DatasetViews.AUTHOR)
        .put("created_at", document.addedAt().getEpochSecond());
    json.put("dataset_process_rule_id", document.id());
    json.put("name", document.name());
    json.put("created_from", document.settings().source().equals(SOURCE) ? "api" : "web");
    json.put("created_by", DatasetViews.AUTHOR);
    return json.put("created_at", document.addedAt().getEpochSecond());
  }

  private static int position(Document document, List<Document> all) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(document.id())) {
        return i + 1;
      }
    }
    return all.size() + 1;
  }

  private static void state(ObjectNode json, Document document) {
    json.put("indexing_status", status(document.state()));
    json.put("error", document.error().isEmpty() ? null : document.error());
    json.put("enabled", document.settings().enabled());
    json.putNull("disabled_at").putNull("disabled_by");
    json.put("archived", document.settings().archived());
    json.put("display_status", displayStatus(document));
  }

  private static String status(State state) {
    return state == State.FAILED ? "error" : state.name().toLowerCase(Locale.ROOT);
  }

  static String displayStatus(Document document) {
    return switch (document.state()) {
      case WAITING -> "queuing";
      case PAUSED -> "paused";
      case PARSING, SPLITTING, INDEXING -> "indexing";
      case FAILED -> "error";
      case COMPLETED ->
          document.settings().archived()
              ? "archived"
              : document.settings().enabled() ? "available" : "disabled";
    };
  }

  static ObjectNode detail(Base base, Document document, List<Document> all) {
    ObjectNode json = begin(document, all);
    json.set("dataset_process_rule", ProcessRules.view(document));
    json.set(
        "document_process_rule",
        ProcessRules.view(document).put("id", document.id()).put("dataset_id", base.id()));
    json.put("tokens", document.counts().tokens());
    state(json, document);
    Long end = end(document);
    json.put("completed_at", end).put("updated_at", document.changedAt().getEpochSecond());
    json.put(
        "indexing_latency",
        end == null
            ? null
            : Duration.between(document.addedAt(), document.changedAt()).toMillis() / 1000.0);
    int segments = document.counts().segments();
    json.put("segment_count", segments);
    json.put(
        "average_segment_length", segments == 0 ? 0 : document.counts().characters() / segments);
    json.put("hit_count", 0).put("doc_form", document.settings().form().wire());
    json.put("doc_language", document.settings().language());
    json.putNull("doc_type").set("doc_metadata", MetadataViews.of(base, document));
    json.putNull("summary_index_status").put("need_summary", false);
    return json.put("note", document.note());
  }

  private static @Nullable Long end(Document document) {
    return document.isIndexed() ? document.changedAt().getEpochSecond() : null;
  }

  /** The library keeps two times of the work: when it began, and when it last went on. */
  static ObjectNode indexing(Document document) {
    ObjectNode json = Json.object().put("id", document.id());
    json.put("indexing_status", status(document.state()));
    json.put("processing_started_at", document.addedAt().getEpochSecond());
    json.put("parsing_completed_at", since(document, State.SPLITTING));
    json.put("cleaning_completed_at", since(document, State.SPLITTING));
    json.put("splitting_completed_at", since(document, State.INDEXING));
    json.put("completed_at", end(document));
    json.put("paused_at", document.state() == State.PAUSED ? changed(document) : null);
    json.put("error", document.error().isEmpty() ? null : document.error());
    json.put("stopped_at", document.state() == State.FAILED ? changed(document) : null);
    json.put("completed_segments", document.counts().done());
    return json.put("total_segments", document.counts().total());
  }

  private static @Nullable Long changed(Document document) {
    return document.changedAt().getEpochSecond();
  }

  private static @Nullable Long since(Document document, State state) {
    return document.state() != State.FAILED && document.state().compareTo(state) >= 0
        ? changed(document)
        : null;
  }
}
