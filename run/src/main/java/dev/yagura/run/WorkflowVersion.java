package dev.yagura.run;

import dev.yagura.graph.Graph;
import dev.yagura.graph.value.Value;

/**
 * An immutable version of a workflow, ready to run.
 *
 * @param id the same for the same content
 * @param name for people
 * @param chatflow whether it answers in a chat
 * @param environment variables of {@code env} that are no secrets
 * @param secrets variables of {@code env} that are: never in a journal
 * @param conversation first values of {@code conversation}
 */
public record WorkflowVersion(
    String id,
    String name,
    boolean chatflow,
    Graph graph,
    Value.Obj environment,
    Value.Obj secrets,
    Value.Obj conversation) {
  @Override
  public String toString() {
    return name + " (" + id + ")";
  }
}
