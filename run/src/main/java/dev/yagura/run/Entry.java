package dev.yagura.run;

import dev.yagura.graph.Effect;
import dev.yagura.graph.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one signal led to: written in one transaction, together with the effects and the node logs.
 *
 * @param sequence counted from 1, without gaps
 * @param events at least one
 * @param logs the node executions that ended with this entry
 * @param totals of the run, with its last entry
 */
public record Entry(
    int sequence, Instant at, List<RunEvent> events, List<NodeLog> logs, RunTotals totals) {
  public Entry(int sequence, Instant at, List<RunEvent> events, List<NodeLog> logs) {
    this(sequence, at, events, logs, RunTotals.NONE);
  }

  public Entry {
    events = Collections.unmodifiableList(new ArrayList<>(events));
    logs = Collections.unmodifiableList(new ArrayList<>(logs));
  }

  /** An effect with the key that makes it one of a kind: run, address, attempt and position. */
  public record KeyedEffect(String key, Effect effect) {}

  /** The effects of the nodes that ended well. */
  public List<KeyedEffect> effects(String run) {
    List<KeyedEffect> effects = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.NodeSucceeded done) {
        for (int i = 0; i < done.effects().size(); i++) {
          String key =
              run
                  + "/"
                  + done.at().frame()
                  + "/"
                  + done.at().node()
                  + "/"
                  + done.attempt()
                  + "/"
                  + i;
          effects.add(new KeyedEffect(key, done.effects().get(i)));
        }
      }
    }
    return effects;
  }

  /** The end of the run, if this is it. */
  public RunEvent.@Nullable RunFinished finished() {
    return events.getLast() instanceof RunEvent.RunFinished end ? end : null;
  }
}
