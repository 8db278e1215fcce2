package dev.yagura.run.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.Timer;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry;
import dev.yagura.run.NodeLog;
import dev.yagura.run.Origin;
import dev.yagura.run.RecordStore;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunRecord;
import dev.yagura.run.RunTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store does. An implementation inherits it and says where its ports are. */
public abstract class StoreContract extends DeliveryContract {
  @Test
  void every_kind_of_event_is_read_as_it_was_written() {
    RunId run = id();
    journal()
        .create(
            record(run),
            entry(
                1, started(), new RunEvent.TimerSet(new Timer.Deadline(0), Duration.ofSeconds(5))));
    Address at = new Address("/it#0", "n");
    Entry all =
        entry(
            2,
            new RunEvent.NodeScheduled(at, 2),
            succeeded("n", List.of(ALERT)),
            new RunEvent.NodeFailed(
                at,
                1,
                new Failure(Failure.Kind.UPSTREAM, "C", "m", true, Map.of("k", "v")),
                RunEvent.Handling.FAIL_BRANCH),
            new RunEvent.NodeSkipped(at),
            new RunEvent.NodeSuspended(at, 1, "form"),
            new RunEvent.NodeResumed(at),
            new RunEvent.EdgeTaken("", 3),
            new RunEvent.EdgeSkipped("/it#0", 4),
            new RunEvent.ContainerOpened(
                at,
                new Outcome.Iterate(
                    List.of(Value.integer(1), Value.NULL),
                    2,
                    Outcome.OnRoundError.REMOVE,
                    Selector.of("w", "o"),
                    true)),
            new RunEvent.ContainerOpened(at, new Outcome.Loop(Value.object("v", 1), 3, true)),
            new RunEvent.FrameOpened("/it#1", at, 1),
            new RunEvent.FrameClosed("/it#1", Value.text("o"), null),
            new RunEvent.FrameClosed("/it#2", Value.NULL, Failure.user("E", "m")),
            new RunEvent.TimerSet(new Timer.Retry(at, 2), Duration.ofMillis(100)),
            new RunEvent.RunPaused(List.of("n")),
            new RunEvent.RunResumed(),
            new RunEvent.RunFinished(
                RunStatus.PARTIAL_SUCCEEDED, Value.object("x", 1), "hi", Failure.limit("L", "m")));
    journal().append(run, all);
    List<Entry> read = journal().read(run);
    assertThat(read).hasSize(2);
    assertThat(read.get(0).events().getFirst()).isEqualTo(started());
    assertThat(read.get(1)).isEqualTo(all);
  }

  @Test
  void a_run_is_open_until_it_has_finished() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    assertThat(journal().open().stream().map(RunRecord::id)).contains(run);
    journal().append(run, entry(2, new RunEvent.RunPaused(List.of("x"))));
    assertThat(journal().find(run).orElseThrow().status()).isEqualTo(RunStatus.PAUSED);
    journal().append(run, entry(3, finished()));
    assertThat(journal().open().stream().map(RunRecord::id)).doesNotContain(run);
    RunRecord ended = journal().find(run).orElseThrow();
    assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(ended.finishedAt()).isEqualTo(NOW.plusSeconds(3));
  }

  @Test
  void an_entry_out_of_turn_and_a_second_run_of_the_same_id_are_refused_and_change_nothing() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    assertThatThrownBy(() -> journal().append(run, entry(3, succeeded("n", List.of(ALERT)))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal().append(run, entry(1, succeeded("n", List.of(ALERT)))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal().create(record(run), entry(1, started())))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal().append(id(), entry(2, finished())))
        .isInstanceOf(IllegalStateException.class);
    assertThat(journal().read(run)).hasSize(1);
    assertThat(outbox().of(run)).isEmpty();
  }

  @Test
  void node_logs_are_kept_in_order() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    NodeLog log =
        new NodeLog(
            new Address("/it#0", "n"),
            2,
            "tool",
            "T",
            "exception",
            "no",
            Value.object("inputs", 1),
            Value.object("text", "t"),
            NOW,
            NOW.plusMillis(5));
    journal()
        .append(
            run,
            new Entry(2, NOW, List.of(new RunEvent.NodeSkipped(Address.root("x"))), List.of(log)));
    assertThat(journal().logs(run)).containsExactly(log);
  }

  @Test
  void the_same_workflow_is_kept_once_and_found_by_its_id() {
    String id = workflows().keep("app: {}");
    assertThat(workflows().keep("app: {}")).isEqualTo(id);
    assertThat(workflows().find(id)).contains("app: {}");
    assertThat(workflows().find("none")).isEmpty();
  }

  @Test
  void a_workflow_that_is_forgotten_is_gone_and_the_others_stay() {
    String id = workflows().keep("app: {name: a}");
    String other = workflows().keep("app: {name: b}");
    workflows().forget(id);
    workflows().forget(id);
    assertThat(workflows().find(id)).isEmpty();
    assertThat(workflows().find(other)).contains("app: {name: b}");
    assertThat(workflows().keep("app: {name: a}")).isEqualTo(id);
    assertThat(workflows().find(id)).contains("app: {name: a}");
  }

  @Test
  void files_and_objects_that_look_like_files_are_read_as_they_were_written() {
    RunId run = id();
    Value file = new Value.File(Map.of("filename", Value.text("a.txt")));
    Value lookalike = new Value.Obj(Map.of("dify_model_identity", Value.text(Value.File.MARK)));
    Entry first =
        entry(
            1,
            new RunEvent.RunStarted(
                1, RunInput.of(Value.object("f", file, "o", lookalike, "$file", 1))));
    journal().create(record(run), first);
    assertThat(journal().read(run)).containsExactly(first);
  }

  private RunId asked(String app, String user, String key, int second) {
    RunId id = id();
    Instant at = NOW.plusSeconds(second);
    var record =
        new RunRecord(
            id,
            "w1",
            RunStatus.RUNNING,
            at,
            null,
            new Origin(app, user, "service-api", key),
            RunTotals.NONE);
    journal().create(record, new Entry(1, at, List.of(started()), List.of()));
    return id;
  }

  @Test
  void runs_are_found_by_who_asked_and_what_they_came_to() {
    String app = "app-" + id().value();
    RunId first = asked(app, "alice", "k1", 1);
    RunId second = asked(app, "bob", "", 2);
    asked("another", "alice", "k1", 3);
    journal()
        .append(
            first,
            new Entry(
                2,
                NOW.plusSeconds(9),
                List.of(finished()),
                List.of(),
                new RunTotals(3, 77, 1, "e")));
    var all = new RunHistory.Query(app, "", "", "", null, null, 1, 20);
    assertThat(history().find(all).runs()).extracting(RunRecord::id).containsExactly(second, first);
    assertThat(history().find(all).total()).isEqualTo(2);
    RunRecord ended = history().withKey(app, "k1").orElseThrow();
    assertThat(ended.id()).isEqualTo(first);
    assertThat(ended.totals()).isEqualTo(new RunTotals(3, 77, 1, "e"));
    assertThat(ended.origin()).isEqualTo(new Origin(app, "alice", "service-api", "k1"));
    assertThat(history().withKey(app, "k2")).isEmpty();
    var bobs = new RunHistory.Query(app, "running", "", "bob", NOW, NOW.plusSeconds(5), 1, 1);
    assertThat(history().find(bobs).runs()).extracting(RunRecord::id).containsExactly(second);
    var none = new RunHistory.Query(app, "", "100%_no!", "", null, null, 1, 20);
    assertThat(history().find(none).total()).isZero();
    var beyond = new RunHistory.Query(app, "", "", "", null, null, 9, 20);
    assertThat(history().find(beyond).runs()).isEmpty();
  }

  @Test
  void records_are_kept_replaced_listed_and_deleted() {
    records().put("key", "b", "1");
    records().put("key", "a", "2");
    records().put("key", "b", "3");
    records().put("app", "a", "4");
    assertThat(records().find("key", "b").orElseThrow().body()).isEqualTo("3");
    assertThat(records().list("key")).extracting(RecordStore.Item::id).containsExactly("a", "b");
    assertThat(records().delete("key", "a")).isTrue();
    assertThat(records().delete("key", "a")).isFalse();
    assertThat(records().list("key")).hasSize(1);
    assertThat(records().list("app")).hasSize(1);
  }
}
