package dev.yagura.graph;

import dev.yagura.graph.value.Value;

/**
 * What a run starts with.
 *
 * @param inputs the user's inputs, already checked and converted
 * @param system variables of {@code sys}
 * @param environment variables of {@code env}, without secrets
 * @param conversation variables of {@code conversation}
 * @param limits what the run may use
 */
public record RunInput(
    Value.Obj inputs,
    Value.Obj system,
    Value.Obj environment,
    Value.Obj conversation,
    Limits limits) {
  public static RunInput of(Value.Obj inputs) {
    return new RunInput(inputs, Value.EMPTY, Value.EMPTY, Value.EMPTY, Limits.DEFAULT);
  }
}
