package dev.yagura.graph;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;

/** The outputs of a node whose error strategy took over (dify-contract §2.1). */
final class ErrorOutputs {
  private ErrorOutputs() {}

  static Value.Obj of(Node node, Failure failure) {
    Value.Obj error =
        Value.object("error_message", failure.message(), "error_type", failure.code());
    return node.onError() instanceof Node.OnError.DefaultValue defaults
        ? defaults.outputs().with(error)
        : error;
  }
}
