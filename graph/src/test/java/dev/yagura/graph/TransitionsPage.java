package dev.yagura.graph;

import java.util.Locale;

/** The page docs/transitions.md: the tables and the drawing of a node's states. */
final class TransitionsPage {
  private TransitionsPage() {}

  static String text() {
    return """
    # What a signal does

    Generated from `graph/Transitions.java` by its test; do not edit.

    **act**: the run goes on. **node**: it depends on the node that the signal is about (second table).
    **ignore**: too late or twice, nothing changes. **refuse**: a mistake of the caller.

    """
        + Transitions.markdown()
        + """

        A node's states. Skipping and ordering are decided by the edges into the node, not by a signal.

        ```mermaid
        stateDiagram-v2
          [*] --> idle
          idle --> running: edges decided, one taken
          idle --> skipped: all edges skipped
        """
        + arrows(NodeState.RUNNING)
        + arrows(NodeState.RETRYING)
        + arrows(NodeState.SUSPENDED)
        + """
          open --> succeeded: all rounds closed
          open --> failed: a round failed
        ```
        """;
  }

  private static String arrows(NodeState state) {
    var out = new StringBuilder();
    for (Signal.Kind kind : Signal.Kind.values()) {
      if (Transitions.of(state, kind) == Transitions.Rule.ACT) {
        for (String target : targets(kind)) {
          out.append("  %s --> %s: %s%n".formatted(name(state), target, name(kind)));
        }
      }
    }
    return out.toString();
  }

  private static String[] targets(Signal.Kind kind) {
    return switch (kind) {
      case SUCCEEDED, RESUMED -> new String[] {"succeeded", "open"};
      case FAILED -> new String[] {"retrying", "exception", "failed"};
      case SUSPENDED -> new String[] {"suspended"};
      default -> new String[] {"running"};
    };
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
