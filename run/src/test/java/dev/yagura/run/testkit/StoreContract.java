package dev.yagura.run.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Effect;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.Timer;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Housekeeping;
import dev.yagura.run.NodeLog;
import dev.yagura.run.Origin;
import dev.yagura.run.Outbox;
import dev.yagura.run.RecordStore;
import dev.yagura.run.Retention;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunJournal;
import dev.yagura.run.RunRecord;
import dev.yagura.run.RunTotals;
import dev.yagura.run.WorkflowStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store does. An implementation inherits it and says where its ports are. */
public abstract class StoreContract {
  protected static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Effect ALERT = new Effect("alert", Value.object("id", "a1"));

  protected abstract RunJournal journal();

  protected abstract Outbox outbox();

  protected abstract WorkflowStore workflows();

  protected abstract FindingStore findings();

  protected abstract Retention retention();

  protected abstract RunHistory history();

  protected abstract RecordStore records();

  private static RunId id() {
    return new RunId(UUID.randomUUID().toString());
  }

  private static RunRecord record(RunId id) {
    return new RunRecord(id, "w1", RunStatus.RUNNING, NOW, null);
  }

  private static Entry entry(int sequence, RunEvent... events) {
    return new Entry(sequence, NOW.plusSeconds(sequence), List.of(events), List.of());
  }

  private static RunEvent started() {
    return new RunEvent.RunStarted(
        1, RunInput.of(Value.object("text", "日本 😀", "big", "x".repeat(5_000))));
  }

  private static RunEvent finished() {
    return new RunEvent.RunFinished(RunStatus.SUCCEEDED, Value.object("x", 1), "hi", null);
  }

  private static RunEvent succeeded(String node, List<Effect> effects) {
    return new RunEvent.NodeSucceeded(
        Address.root(node),
        1,
        Value.object("a", 1, "r", 1.0, "n", Value.NULL, "l", List.of(true, "t"), "$x", 1),
        "true",
        List.of(new Outcome.Write(Selector.of("conversation", "v"), Value.text("w"))),
        effects,
        Value.object("inputs", Value.object("q", new Value.Real(Double.NaN))));
  }

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
  void effects_get_into_the_outbox_with_their_entry_and_once() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    journal().append(run, entry(2, succeeded("n", List.of(ALERT))));
    assertThat(outbox().of(run))
        .singleElement()
        .satisfies(item -> assertThat(item.effect()).isEqualTo(ALERT));
    journal().append(run, entry(3, succeeded("n", List.of(ALERT))));
    assertThat(outbox().of(run)).hasSize(1);
  }

  @Test
  void an_alert_is_due_until_it_is_delivered_postponed_or_given_up() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    journal().append(run, entry(2, succeeded("n", List.of(ALERT))));
    Instant later = NOW.plusSeconds(60);
    Outbox.Item item = outbox().of(run).getFirst();
    assertThat(outbox().due(later, 1000)).contains(item);
    outbox().postpone(item.key(), "429", later.plusSeconds(60));
    assertThat(outbox().due(later, 1000)).noneMatch(due -> due.key().equals(item.key()));
    assertThat(outbox().of(run).getFirst().attempts()).isEqualTo(1);
    assertThat(outbox().due(later.plusSeconds(60), 1000))
        .anyMatch(due -> due.key().equals(item.key()));
    outbox().delivered(item.key(), later);
    assertThat(outbox().due(later.plusSeconds(600), 1000))
        .noneMatch(due -> due.key().equals(item.key()));
    assertThat(outbox().of(run).getFirst().state()).isEqualTo(Outbox.State.DELIVERED);
    outbox().failed(item.key(), "no_service");
    assertThat(outbox().of(run).getFirst().error()).isEqualTo("no_service");
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
  void a_finding_is_accepted_once_per_revision() {
    String revision = UUID.randomUUID().toString();
    String fingerprint = UUID.randomUUID().toString();
    var first =
        new FindingStore.Accepted(UUID.randomUUID().toString(), revision, fingerprint, "{}", NOW);
    var again =
        new FindingStore.Accepted(UUID.randomUUID().toString(), revision, fingerprint, "{}", NOW);
    var update =
        new FindingStore.Accepted(
            UUID.randomUUID().toString(), revision + "2", fingerprint, "{}", NOW);
    assertThat(findings().accept(first)).isEqualTo(new FindingStore.Receipt(first.id(), false));
    assertThat(findings().accept(again)).isEqualTo(new FindingStore.Receipt(first.id(), true));
    assertThat(findings().accept(update).duplicate()).isFalse();
    assertThat(findings().findFinding(first.id())).contains(first);
    assertThat(findings().repeats(fingerprint)).isEqualTo(2);
    assertThat(findings().unhandled(1000)).contains(first, update);
    findings().handled(first.id(), NOW);
    assertThat(findings().unhandled(1000)).contains(update).doesNotContain(first);
    retention().deleteBefore(NOW.plusSeconds(1), 1000);
    assertThat(findings().findFinding(first.id())).isEmpty();
    assertThat(findings().findFinding(update.id())).contains(update);
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

  @Test
  void what_is_old_and_ended_is_deleted_in_small_batches_and_the_rest_stays() {
    RunId old = id();
    RunId open = id();
    RunId young = id();
    for (RunId run : List.of(old, open, young)) {
      journal().create(record(run), entry(1, started()));
    }
    journal().append(old, entry(2, finished()));
    journal().append(young, new Entry(2, NOW.plusSeconds(9999), List.of(finished()), List.of()));
    int deleted = 0;
    int batch = 1;
    while (batch > 0) {
      batch = retention().deleteBefore(NOW.plusSeconds(1000), 2);
      deleted += batch;
    }
    assertThat(deleted).isPositive();
    assertThat(journal().find(old)).isEmpty();
    assertThat(journal().read(old)).isEmpty();
    assertThat(journal().find(open)).isPresent();
    assertThat(journal().read(young)).hasSize(2);
    assertThat(retention().size()).isPositive();
    assertThat(retention().deleteOldest(10)).isPositive();
    assertThat(journal().find(young)).isEmpty();
    assertThat(journal().find(open)).isPresent();
  }

  @Test
  void housekeeping_keeps_what_is_young_and_fits_and_what_goes_on() {
    for (int i = 0; i < 250; i++) {
      RunId run = id();
      journal().create(record(run), entry(1, started()));
      journal().append(run, entry(2, finished()));
    }
    RunId open = id();
    journal().create(record(open), entry(1, started()));
    long full = retention().size();
    var housekeeping = new Housekeeping(retention(), () -> NOW.plusSeconds(3600));
    assertThat(housekeeping.apply(new Housekeeping.Policy(Duration.ofDays(1), full))).isZero();
    int some = housekeeping.apply(new Housekeeping.Policy(Duration.ofDays(1), full - 1));
    assertThat(some).isBetween(1, 249);
    assertThat(housekeeping.apply(new Housekeeping.Policy(Duration.ofMinutes(1), full)))
        .isEqualTo(250 - some);
    assertThat(journal().find(open)).isPresent();
    assertThat(retention().size()).isLessThan(full);
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

  @Test
  void a_finding_is_settled_with_its_alert_at_once() {
    String id = UUID.randomUUID().toString();
    findings().accept(new FindingStore.Accepted(id, "settle-" + id, "f", "{}", NOW, "app-1"));
    assertThat(findings().findFinding(id).orElseThrow().app()).isEqualTo("app-1");
    RunId run = id();
    var alert = new Entry.KeyedEffect("finding/" + id, ALERT);
    findings().settle(id, run, List.of(alert), NOW);
    findings().settle(id, run, List.of(alert), NOW);
    assertThat(outbox().of(run)).extracting(Outbox.Item::effect).containsExactly(ALERT);
    assertThat(findings().unhandled(1000)).extracting(FindingStore.Accepted::id).doesNotContain(id);
    assertThat(outbox().counts().get(Outbox.State.PENDING)).isPositive();
    outbox().hold(alert.key(), Outbox.SENDING, NOW.plusSeconds(60));
    assertThat(outbox().of(run).getFirst().error()).isEqualTo(Outbox.SENDING);
    assertThat(outbox().of(run).getFirst().attempts()).isZero();
    outbox().postpone(alert.key(), "busy", NOW.plusSeconds(3600));
    assertThat(outbox().due(NOW, 1000)).extracting(Outbox.Item::key).doesNotContain(alert.key());
    outbox().hurry(NOW);
    assertThat(outbox().due(NOW, 1000)).extracting(Outbox.Item::key).contains(alert.key());
    outbox().failed(alert.key(), "no_service");
    outbox().hurry(NOW);
    assertThat(outbox().due(NOW, 1000)).extracting(Outbox.Item::key).contains(alert.key());
  }
}
