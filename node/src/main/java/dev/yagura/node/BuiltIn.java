package dev.yagura.node;

import dev.yagura.node.aggregate.VariableAggregatorNode;
import dev.yagura.node.answer.AnswerNode;
import dev.yagura.node.assign.AssignerNode;
import dev.yagura.node.branch.IfElseNode;
import dev.yagura.node.end.EndNode;
import dev.yagura.node.http.HttpRequestNode;
import dev.yagura.node.iteration.IterationNode;
import dev.yagura.node.llm.LlmNode;
import dev.yagura.node.loop.LoopNode;
import dev.yagura.node.retrieval.KnowledgeRetrievalNode;
import dev.yagura.node.start.StartNode;
import dev.yagura.node.template.TemplateTransformNode;
import dev.yagura.node.tool.FindingTools;
import dev.yagura.node.tool.Tool;
import java.util.List;

/** The manifest of what comes with the product: one line per node type. */
public final class BuiltIn implements Extension {
  private final Services services;

  public BuiltIn(Services services) {
    this.services = services;
  }

  @Override
  public List<NodeType<?>> nodeTypes() {
    return List.of(
        new StartNode(),
        new EndNode(),
        new AnswerNode(),
        new IfElseNode(),
        new TemplateTransformNode(),
        new VariableAggregatorNode(),
        new AssignerNode(),
        new IterationNode(),
        new PassNode("iteration-start"),
        new LlmNode(services),
        new KnowledgeRetrievalNode(services.knowledge()),
        new HttpRequestNode(services),
        new LoopNode(),
        new PassNode("loop-start"),
        new PassNode("loop-end"));
  }

  @Override
  public List<Tool> tools() {
    return FindingTools.all(services.floor());
  }
}
