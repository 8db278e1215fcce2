package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.dify.DifyNodeTypes;
import dev.yagura.dify.DifyReader;
import dev.yagura.dify.Imported;
import dev.yagura.dify.NodePlace;
import dev.yagura.dify.Workflow;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor says about a file.
 *
 * @param nodes in the order of the graph
 * @param problems in the order found
 */
record WorkflowReport(
    String file,
    String version,
    Imported.Status status,
    List<NodeReport> nodes,
    List<Problem> problems) {

  /** How well a node runs here. */
  enum State {
    /** As in Dify. */
    NATIVE,
    /** Somebody must choose something first. */
    NEEDS_DECISION,
    /** Not in this version: the file imports, the node fails when it is run. */
    NOT_YET;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  record NodeReport(String id, String type, String title, State state, int line) {}

  static WorkflowReport of(String file, String text, NodeTypes types) {
    Imported imported = DifyReader.read(file, text);
    List<Problem> problems = new ArrayList<>(imported.problems());
    List<NodeReport> nodes = new ArrayList<>();
    imported.workflow().ifPresent(workflow -> check(workflow, types, nodes, problems));
    return new WorkflowReport(
        file,
        imported.workflow().map(Workflow::version).orElse(""),
        imported.status(),
        nodes,
        problems);
  }

  private static void check(
      Workflow workflow, NodeTypes types, List<NodeReport> nodes, List<Problem> problems) {
    Map<String, Place> places = new HashMap<>();
    for (NodePlace place : workflow.nodes()) {
      places.put(place.node(), place.place());
    }
    for (Node node : workflow.graph().nodes()) {
      Place place = places.getOrDefault(node.id(), Place.NOWHERE);
      String label = node.title().isBlank() ? node.id() : node.title() + " (" + node.id() + ")";
      List<Problem> own = new ArrayList<>();
      if (DifyNodeTypes.isKnown(node.type())) {
        own.addAll(types.check(node, place.about(label)));
      }
      if (needsKnowledge(node)) {
        own.add(
            Problem.note(
                "bind-knowledge",
                "its knowledge is another installation's; choose which to use here",
                place.about(label)));
      }
      problems.addAll(own);
      nodes.add(
          new NodeReport(
              node.id(), node.type(), node.title(), state(node, types, own), place.line()));
    }
  }

  private static boolean needsKnowledge(Node node) {
    return node.type().equals("knowledge-retrieval")
        && node.config().get("dataset_ids") instanceof Value.Array;
  }

  private static State state(Node node, NodeTypes types, List<Problem> own) {
    if (!types.has(node.type())) {
      return State.NOT_YET;
    }
    return own.isEmpty() ? State.NATIVE : State.NEEDS_DECISION;
  }

  boolean imports() {
    return status != Imported.Status.FAILED;
  }

  private long count(State state) {
    return nodes.stream().filter(node -> node.state() == state).count();
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", file).put("status", status.text()).put("version", version);
    ArrayNode list = json.putArray("nodes");
    for (NodeReport node : nodes) {
      list.addObject()
          .put("id", node.id())
          .put("type", node.type())
          .put("title", node.title())
          .put("state", node.state().text())
          .put("line", node.line());
    }
    ArrayNode found = json.putArray("problems");
    for (Problem problem : problems) {
      found
          .addObject()
          .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
          .put("code", problem.code())
          .put("message", problem.message())
          .put("subject", problem.place().subject())
          .put("line", problem.place().line())
          .put("column", problem.place().column())
          .put("suggestion", problem.suggestion());
    }
    return json;
  }

  String toText() {
    var out = new StringBuilder();
    out.append(file).append(": ").append(imports() ? "imports" : "does not import");
    if (imports()) {
      out.append(" as ").append(status.text());
      out.append(" (version ").append(version).append("); ");
      out.append(nodes.size()).append(" nodes: ").append(count(State.NATIVE)).append(" native");
      append(out, State.NEEDS_DECISION, " need a decision");
      append(out, State.NOT_YET, " not available yet");
    }
    out.append('\n');
    problems.forEach(problem -> out.append("  ").append(problem).append('\n'));
    return out.toString();
  }

  private void append(StringBuilder out, State state, String words) {
    if (count(state) > 0) {
      out.append(", ").append(count(state)).append(words);
    }
  }
}
