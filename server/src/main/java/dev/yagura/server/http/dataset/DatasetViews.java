package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.server.Engine;
import dev.yagura.server.app.ModelRegistry;
import dev.yagura.server.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knowledge bases as datasets of Dify's (dify-contract §5.7). */
final class DatasetViews {
  /** There are no accounts of people yet. */
  static final String AUTHOR = "administrator";

  private final Engine engine;
  private final Targets targets;
  private final DatasetExtras extras;
  private final Tags tags;

  DatasetViews(Engine engine, DatasetExtras extras, Tags tags) {
    this.engine = engine;
    this.targets = new Targets(engine.library());
    this.extras = extras;
    this.tags = tags;
  }

  /** The workflows that look things up in it. */
  long apps(Base base) {
    return engine.apps().all().stream()
        .filter(
            app -> app.bindings().values().stream().anyMatch(bound -> bound.contains(base.id())))
        .count();
  }

  ObjectNode dataset(Base base) {
    List<Document> documents = targets.documents(base);
    DatasetExtras.Extra extra = extras.of(base.id());
    ObjectNode json = Json.object().put("id", base.id()).put("name", base.name());
    json.put("description", base.description()).put("provider", "vendor");
    json.put("permission", extra.permission());
    json.put("data_source_type", documents.isEmpty() ? null : "upload_file");
    json.put("indexing_technique", technique(base, extra));
    json.put("app_count", apps(base)).put("document_count", documents.size());
    json.put("word_count", documents.stream().mapToLong(one -> one.counts().characters()).sum());
    json.put("created_by", AUTHOR).put("author_name", AUTHOR);
    json.put("created_at", base.createdAt().getEpochSecond());
    json.put("updated_by", AUTHOR).put("updated_at", base.changedAt().getEpochSecond());
    searched(json, base);
    json.putNull("summary_index_setting");
    tags.of(base.id()).forEach(tag -> json.withArray("/tags").add(tag.brief()));
    if (!json.has("tags")) {
      json.putArray("tags");
    }
    json.put("doc_form", documents.isEmpty() ? null : base.settings().form().wire());
    rest(json, base, documents);
    if (!extra.members().isEmpty()) {
      extra.members().forEach(json.putArray("partial_member_list")::add);
    }
    return json;
  }

  private static @Nullable String technique(Base base, DatasetExtras.Extra extra) {
    return extra.undecided() ? null : base.settings().economy() ? "economy" : "high_quality";
  }

  private void searched(ObjectNode json, Base base) {
    boolean economy = base.settings().economy();
    String own = base.settings().embeddingModel();
    ModelRegistry models = engine.models();
    String[] embedding =
        parts(economy ? "" : !own.isEmpty() ? own : name(ModelRegistry.Kind.EMBEDDING));
    json.put("embedding_model", embedding[1].isEmpty() ? null : embedding[1]);
    json.put("embedding_model_provider", embedding[0].isEmpty() ? null : embedding[0]);
    json.put(
        "embedding_available",
        economy || (own.isEmpty() ? models.embedding() : models.embedding(own)).isPresent());
    json.set(
        "retrieval_model_dict",
        RetrievalModels.view(base, embedding, parts(name(ModelRegistry.Kind.RERANK))));
  }

  private String name(ModelRegistry.Kind kind) {
    return engine.models().system(kind).orElse("");
  }

  /** Provider and model. */
  private static String[] parts(String name) {
    int slash = Math.max(0, name.indexOf('/'));
    return new String[] {
      name.substring(0, slash), name.substring(Math.min(name.length(), slash + 1))
    };
  }

  private void rest(ObjectNode json, Base base, List<Document> documents) {
    json.putObject("external_knowledge_info")
        .putNull("external_knowledge_id")
        .putNull("external_knowledge_api_id")
        .putNull("external_knowledge_api_name")
        .putNull("external_knowledge_api_endpoint");
    json.putNull("external_retrieval_model");
    ArrayNode fields = json.putArray("doc_metadata");
    for (Base.MetadataField field : base.settings().fields()) {
      fields.addObject().put("id", field.id()).put("name", field.name()).put("type", field.type());
    }
    json.put("built_in_field_enabled", base.settings().builtInFields());
    json.putNull("pipeline_id").put("runtime_mode", "general").putNull("chunk_structure");
    json.putNull("icon_info").put("is_published", false);
    json.put("total_documents", documents.size());
    json.put(
        "total_available_documents",
        documents.stream().filter(one -> one.isIndexed() && one.isServed()).count());
    json.put("enable_api", true).put("is_multimodal", false);
    json.put("read_only", engine.library().bases().isBundled(base.id()));
  }
}
