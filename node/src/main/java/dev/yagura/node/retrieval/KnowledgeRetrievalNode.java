package dev.yagura.node.retrieval;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.ArrayList;
import java.util.List;

/** Looks a text up in knowledge bases (dify-contract §2.10). */
public final class KnowledgeRetrievalNode implements NodeType<KnowledgeRetrievalNode.Config> {
  /** Most hits that a node may ask for. */
  static final int MAX_TOP_K = 50;

  private static final int DEFAULT_TOP_K = 4;

  public record Config(
      @Setting(doc = "What is looked up.") Selector queryVariableSelector,
      @Setting(doc = "The knowledge bases.") List<String> datasetIds,
      @Setting(doc = "How many hits, and how good.") MultipleRetrieval multipleRetrievalConfig) {}

  public record MultipleRetrieval(int topK, Value scoreThreshold) {}

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
    MultipleRetrieval settings = config.multipleRetrievalConfig();
    int topK = settings.topK() < 1 ? DEFAULT_TOP_K : Math.min(settings.topK(), MAX_TOP_K);
    Knowledge.Answer answer =
        knowledge.retrieve(config.datasetIds(), query, topK, threshold(settings));
    List<Value> result = new ArrayList<>();
    for (int i = 0; i < answer.hits().size(); i++) {
      result.add(item(answer.hits().get(i), i + 1));
    }
    Value.Obj process = Value.object("usage", Value.EMPTY, "hits", result.size());
    String note = config.datasetIds().isEmpty() ? "no knowledge base is bound" : answer.note();
    if (!note.isEmpty()) {
      process = process.with("note", Value.text(note));
    }
    return Outcome.Done.of(Value.object("result", result))
        .trace(Value.object("inputs", Value.object("query", query), "process_data", process));
  }

  private static double threshold(MultipleRetrieval settings) {
    return switch (settings.scoreThreshold()) {
      case Value.Real(double number) -> number;
      case Value.Int(long number) -> number;
      default -> 0;
    };
  }

  private static Value.Obj item(Hit hit, int position) {
    String content = hit.heading().isEmpty() ? hit.text() : hit.heading() + "\n" + hit.text();
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
            Math.round(hit.score() * 10_000) / 10_000.0,
            "child_chunks",
            Value.array(),
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
        content);
  }
}
