package dev.yagura.run.testkit;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Effect;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.RecordStore;
import dev.yagura.run.Retention;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunJournal;
import dev.yagura.run.RunRecord;
import dev.yagura.run.WorkflowStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The ports of a store, and what is written to them in tests. */
public abstract class StorePorts {
  protected static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  protected static final Effect ALERT = new Effect("alert", Value.object("id", "a1"));

  protected abstract RunJournal journal();

  protected abstract Outbox outbox();

  protected abstract WorkflowStore workflows();

  protected abstract FindingStore findings();

  protected abstract Retention retention();

  protected abstract RunHistory history();

  protected abstract RecordStore records();

  protected static RunId id() {
    return new RunId(UUID.randomUUID().toString());
  }

  protected static RunRecord record(RunId id) {
    return new RunRecord(id, "w1", RunStatus.RUNNING, NOW, null);
  }

  protected static Entry entry(int sequence, RunEvent... events) {
    return new Entry(sequence, NOW.plusSeconds(sequence), List.of(events), List.of());
  }

  protected static RunEvent started() {
    return new RunEvent.RunStarted(
        1, RunInput.of(Value.object("text", "日本 😀", "big", "x".repeat(5_000))));
  }

  protected static RunEvent finished() {
    return new RunEvent.RunFinished(RunStatus.SUCCEEDED, Value.object("x", 1), "hi", null);
  }

  protected static RunEvent succeeded(String node, List<Effect> effects) {
    return new RunEvent.NodeSucceeded(
        Address.root(node),
        1,
        Value.object("a", 1, "r", 1.0, "n", Value.NULL, "l", List.of(true, "t"), "$x", 1),
        "true",
        List.of(new Outcome.Write(Selector.of("conversation", "v"), Value.text("w"))),
        effects,
        Value.object("inputs", Value.object("q", new Value.Real(Double.NaN))));
  }
}
