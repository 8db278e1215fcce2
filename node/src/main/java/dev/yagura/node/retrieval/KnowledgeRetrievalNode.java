package dev.yagura.node.retrieval;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.knowledge.MetadataFilter;
import dev.yagura.knowledge.Search;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.ArrayList;
import java.util.List;

/** Looks a text up in knowledge bases (dify-contract §2.10). */
public final class KnowledgeRetrievalNode implements NodeType<KnowledgeRetrievalNode.Config> {
  /** Most hits that a node may ask for. */
  static final int MAX_TOP_K = 50;

  public record Config(
      @Setting(doc = "What is looked up.") Selector queryVariableSelector,
      @Setting(doc = "The knowledge bases.") List<String> datasetIds,
      @Setting(doc = "How many hits, and how good.") MultipleRetrieval multipleRetrievalConfig,
      @Setting(doc = "disabled, manual or automatic.") String metadataFilteringMode,
      @Setting(doc = "Which documents count, by their metadata.")
          Conditions metadataFilteringConditions) {}

  public record MultipleRetrieval(
      int topK,
      Value scoreThreshold,
      @Setting(doc = "Whether the system's rerank model has the last word.", orElse = "true")
          boolean rerankingEnable,
      Weights weights) {}

  /** Shares of the score of a hybrid search. */
  public record Weights(VectorSetting vectorSetting) {}

  public record VectorSetting(Value vectorWeight) {}

  public record Conditions(String logicalOperator, List<Value> conditions) {}

  private final Knowledge knowledge;

  public KnowledgeRetrievalNode(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public String type() {
    return "knowledge-retrieval";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) throws InterruptedException {
    if (!config.queryVariableSelector().isUsable()) {
      return Outcome.Done.of(Value.EMPTY);
    }
    if (!(call.find(config.queryVariableSelector()) instanceof Value.Text(String query))) {
      throw Failure.user("ValueError", "Query variable is not string type.").asException();
    }
    Search search = search(config.multipleRetrievalConfig());
    MetadataFilter filter = MetadataConditions.filter(config, call);
    Knowledge.Answer answer =
        knowledge.retrieve(new Knowledge.Question(config.datasetIds(), query, search, filter));
    List<Value> result = new ArrayList<>();
    for (int i = 0; i < answer.hits().size(); i++) {
      result.add(item(answer.hits().get(i), i + 1));
    }
    return Outcome.Done.of(Value.object("result", result))
        .trace(
            Value.object(
                "inputs",
                Value.object("query", query),
                "process_data",
                RetrievalTrace.of(answer, note(config, answer))));
  }

  private static String note(Config config, Knowledge.Answer answer) {
    if (config.datasetIds().isEmpty()) {
      return "no knowledge base is bound";
    }
    String automatic = "conditions are not derived by a model here; all documents count";
    return !config.metadataFilteringMode().equals("automatic")
        ? answer.note()
        : answer.note().isEmpty() ? automatic : automatic + "; " + answer.note();
  }

  private static Search search(MultipleRetrieval settings) {
    int topK = settings.topK() < 1 ? Search.DEFAULT_TOP_K : Math.min(settings.topK(), MAX_TOP_K);
    double weight =
        number(settings.weights().vectorSetting().vectorWeight(), Search.DEFAULT_VECTOR_WEIGHT);
    return new Search(
        Search.Mode.HYBRID,
        topK,
        number(settings.scoreThreshold(), 0),
        Math.clamp(weight, 0, 1),
        settings.rerankingEnable());
  }

  private static double number(Value value, double missing) {
    return switch (value) {
      case Value.Real(double number) -> number;
      case Value.Int(long number) -> number;
      default -> missing;
    };
  }

  private static Value.Obj item(Hit hit, int position) {
    Value.Obj metadata =
        Value.object(
            "_source",
            "knowledge",
            "dataset_id",
            hit.base(),
            "dataset_name",
            hit.baseName(),
            "document_id",
            hit.document(),
            "document_name",
            hit.documentName(),
            "data_source_type",
            "upload_file",
            "segment_id",
            hit.segment(),
            "retriever_from",
            "workflow",
            "score",
            RetrievalTrace.rounded(hit.score()),
            "child_chunks",
            hit.children().stream().map(KnowledgeRetrievalNode::child).toList(),
            "segment_hit_count",
            0,
            "segment_word_count",
            hit.text().length(),
            "segment_position",
            hit.position(),
            "segment_index_node_hash",
            "",
            "doc_metadata",
            Value.object("page", hit.page(), "heading", hit.heading()),
            "position",
            position);
    return Value.object(
        "metadata",
        metadata,
        "title",
        hit.documentName(),
        "files",
        Value.array(),
        "content",
        hit.content());
  }

  private static Value child(Hit.Child child) {
    return Value.object(
        "id",
        child.id(),
        "content",
        child.text(),
        "position",
        child.position(),
        "score",
        RetrievalTrace.rounded(child.score()));
  }
}
