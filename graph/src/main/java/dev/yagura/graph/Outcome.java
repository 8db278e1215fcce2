package dev.yagura.graph;

import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node's run comes to. */
public sealed interface Outcome {

  /**
   * The node is done.
   *
   * @param outputs its variables
   * @param handle for a branch: the way out; null otherwise
   * @param writes variables elsewhere that it sets (conversation and loop variables)
   * @param effects what is to be done in the world
   * @param trace what a person wants to see in the log beside the outputs; keys {@code inputs} and
   *     {@code process_data}
   */
  record Done(
      Value.Obj outputs,
      @Nullable String handle,
      List<Write> writes,
      List<Effect> effects,
      Value.Obj trace)
      implements Outcome {
    public Done {
      writes = Collections.unmodifiableList(new ArrayList<>(writes));
      effects = Collections.unmodifiableList(new ArrayList<>(effects));
    }

    public static Done of(Value.Obj outputs) {
      return new Done(outputs, null, List.of(), List.of(), Value.EMPTY);
    }

    public static Done branch(String handle, Value.Obj outputs) {
      return new Done(outputs, handle, List.of(), List.of(), Value.EMPTY);
    }

    public Done effects(List<Effect> all) {
      return new Done(outputs, handle, writes, all, trace);
    }

    public Done writes(List<Write> all) {
      return new Done(outputs, handle, all, effects, trace);
    }

    public Done trace(Value.Obj shown) {
      return new Done(outputs, handle, writes, effects, shown);
    }
  }

  /** Sets a variable {@code [conversation, name]} or {@code [loop id, name]}. */
  record Write(Selector target, Value value) {}

  /**
   * A round for each item (dify-contract §2.15).
   *
   * @param items at least one
   * @param parallel how many rounds may run at once, at least 1
   * @param onError what a failed round means
   * @param output the variable of each round that is collected
   * @param flatten whether lists in the result are joined to one list when every result is a list
   */
  record Iterate(
      List<Value> items, int parallel, OnRoundError onError, Selector output, boolean flatten)
      implements Outcome {
    public Iterate {
      items = Collections.unmodifiableList(new ArrayList<>(items));
    }
  }

  /** What a failed round of an iteration means. */
  enum OnRoundError {
    TERMINATE,
    CONTINUE,
    REMOVE
  }

  /**
   * Rounds one after the other (dify-contract §2.16).
   *
   * @param variables the loop variables at the start
   * @param count how many rounds at most, at least 1
   * @param asks whether the node wants to be asked after each round ({@link Round} answers)
   */
  record Loop(Value.Obj variables, int count, boolean asks) implements Outcome {}

  /** The answer of a loop that was asked after a round. */
  record Round(boolean stop) implements Outcome {}

  /** The node waits for somebody outside; drivers turn this into {@link Signal.Suspended}. */
  record Suspend(String reason) implements Outcome {}
}
