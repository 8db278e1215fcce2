package dev.yagura.graph;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which signal means something in which state, as tables: {@link Traversal} looks here before it
 * acts, the tests visit every cell, and the documentation is printed from here.
 */
public final class Transitions {
  private Transitions() {}

  /** Where a run stands. */
  public enum Phase {
    NEW,
    RUNNING,
    PAUSED,
    ENDED
  }

  /** What a signal does in a state. */
  public enum Rule {
    /** The run goes on. */
    ACT,
    /** For the run: it depends on the node that the signal is about. */
    NODE,
    /** Too late or twice: nothing changes. */
    IGNORE,
    /** A mistake of the caller: refused with an IllegalStateException. */
    REFUSE
  }

  private static final Map<Phase, Map<Signal.Kind, Rule>> RUN = new EnumMap<>(Phase.class);
  private static final Map<NodeState, Map<Signal.Kind, Rule>> NODE = new EnumMap<>(NodeState.class);

  private static final List<Signal.Kind> NODE_SIGNALS =
      List.of(
          Signal.Kind.SUCCEEDED,
          Signal.Kind.FAILED,
          Signal.Kind.SUSPENDED,
          Signal.Kind.RESUMED,
          Signal.Kind.RETRY_DUE);

  static {
    // START, SUCCEEDED, FAILED, SUSPENDED, RESUMED, RETRY_DUE, DEADLINE, CANCELLED
    run(Phase.NEW, "A R R R R R R R");
    run(Phase.RUNNING, "R N N N N N A A");
    run(Phase.PAUSED, "R N N N N N I A");
    run(Phase.ENDED, "R I I I I I I I");
    // SUCCEEDED, FAILED, SUSPENDED, RESUMED, RETRY_DUE
    node(NodeState.IDLE, "I I I I I");
    node(NodeState.RUNNING, "A A A I I");
    node(NodeState.RETRYING, "I I I I A");
    node(NodeState.SUSPENDED, "I A I A I");
    node(NodeState.OPEN, "I I I I I");
    node(NodeState.SUCCEEDED, "I I I I I");
    node(NodeState.EXCEPTION, "I I I I I");
    node(NodeState.FAILED, "I I I I I");
    node(NodeState.SKIPPED, "I I I I I");
  }

  private static void run(Phase phase, String row) {
    RUN.put(phase, row(List.of(Signal.Kind.values()), row));
  }

  private static void node(NodeState state, String row) {
    NODE.put(state, row(NODE_SIGNALS, row));
  }

  private static Map<Signal.Kind, Rule> row(List<Signal.Kind> kinds, String letters) {
    var rules = new EnumMap<Signal.Kind, Rule>(Signal.Kind.class);
    String[] cells = letters.split(" ");
    for (int i = 0; i < cells.length; i++) {
      rules.put(
          kinds.get(i),
          switch (cells[i]) {
            case "A" -> Rule.ACT;
            case "N" -> Rule.NODE;
            case "I" -> Rule.IGNORE;
            default -> Rule.REFUSE;
          });
    }
    return rules;
  }

  /** What a signal does to a run in a phase. */
  public static Rule of(Phase phase, Signal.Kind kind) {
    return rule(RUN.get(phase), kind);
  }

  /** What a signal does to a node in a state; kinds that are not about a node are refused. */
  public static Rule of(NodeState state, Signal.Kind kind) {
    return rule(NODE.get(state), kind);
  }

  private static Rule rule(@Nullable Map<Signal.Kind, Rule> row, Signal.Kind kind) {
    Rule rule = row == null ? null : row.get(kind);
    return rule == null ? Rule.REFUSE : rule;
  }

  /** Both tables as Markdown, for the documentation. */
  public static String markdown() {
    var out = new StringBuilder();
    table(out, "run", List.of(Signal.Kind.values()), RUN);
    out.append('\n');
    table(out, "node", NODE_SIGNALS, NODE);
    return out.toString();
  }

  private static <S extends Enum<S>> void table(
      StringBuilder out,
      String name,
      List<Signal.Kind> kinds,
      Map<S, Map<Signal.Kind, Rule>> rows) {
    List<String> head = new ArrayList<>();
    head.add(name);
    kinds.forEach(kind -> head.add(kind.name().toLowerCase(Locale.ROOT)));
    line(out, head);
    line(out, head.stream().map(cell -> "---").toList());
    rows.forEach(
        (state, row) -> {
          List<String> cells = new ArrayList<>();
          cells.add("**" + state.name().toLowerCase(Locale.ROOT) + "**");
          kinds.forEach(kind -> cells.add(rule(row, kind).name().toLowerCase(Locale.ROOT)));
          line(out, cells);
        });
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
