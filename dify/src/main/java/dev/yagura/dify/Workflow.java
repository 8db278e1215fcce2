package dev.yagura.dify;

import dev.yagura.graph.Graph;
import dev.yagura.graph.value.Value;
import java.util.List;

/**
 * A workflow as its file describes it, upgraded to the newest form.
 *
 * @param name the app's name
 * @param description the app's description, may be empty
 * @param mode {@code workflow} or {@code advanced-chat}
 * @param version of the DSL, as written in the file; {@code 0.1.0} where there is none
 * @param graph what runs
 * @param environment variables of {@code env}
 * @param conversation variables of {@code conversation} with their first values
 * @param features as in the file, with the old form of {@code file_upload} upgraded
 * @param nodes where each node of the graph stands in the file, in the graph's order
 */
public record Workflow(
    String name,
    String description,
    String mode,
    String version,
    Graph graph,
    List<Variable> environment,
    List<Variable> conversation,
    Value.Obj features,
    List<NodePlace> nodes) {

  public static final String MODE_WORKFLOW = "workflow";
  public static final String MODE_CHATFLOW = "advanced-chat";

  public boolean isChatflow() {
    return mode.equals(MODE_CHATFLOW);
  }

  /** Environment variables that are no secrets, by name. */
  public Value.Obj plainEnvironment() {
    return values(environment.stream().filter(variable -> !variable.isSecret()).toList());
  }

  /** The first values of the conversation variables, by name. */
  public Value.Obj conversationDefaults() {
    return values(conversation);
  }

  private static Value.Obj values(List<Variable> variables) {
    Value.Obj values = Value.EMPTY;
    for (Variable variable : variables) {
      values = values.with(variable.name(), variable.value());
    }
    return values;
  }
}
