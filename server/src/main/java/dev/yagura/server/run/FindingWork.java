package dev.yagura.server.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.connect.RepeatOrder;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Language;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.Floor;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.Entry.KeyedEffect;
import dev.yagura.run.FindingStore;
import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.run.Origin;
import dev.yagura.run.Outbox;
import dev.yagura.run.RunJournal;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Apps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains one accepted finding with its workflow. Whatever the workflow does, an alert is in the
 * outbox at the end (design §1, invariant 2): where the run has ordered none about this finding, or
 * has missed its deadline, the server orders the explanation from the catalogue.
 */
public final class FindingWork {
  private static final Logger LOG = LoggerFactory.getLogger(FindingWork.class);

  private static final String NO_ALERT = "the workflow made no alert";

  private final Instant begun;
  private final Ports ports;
  private final Supplier<Optional<App>> defaultApp;
  private final Settings settings;
  private final RunEnd end;

  /** Where things are kept and run. */
  public record Ports(
      Runs runs,
      Apps apps,
      RunJournal journal,
      FindingStore findings,
      Outbox outbox,
      Floor floor,
      InstantSource clock,
      Runnable queued) {}

  /**
   * @param deadline after which the floor goes out
   */
  public record Settings(Language language, ZoneId zone, Duration deadline) {}

  public FindingWork(Ports ports, Supplier<Optional<App>> defaultApp, Settings settings) {
    this.ports = ports;
    this.begun = ports.clock().instant();
    this.defaultApp = defaultApp;
    this.settings = settings;
    this.end = new RunEnd(ports.runs(), settings.deadline());
  }

  /** The run of a finding: the same after a restart, so that none is explained twice. */
  static RunId runOf(String finding) {
    return new RunId(TimeId.derived(finding, "finding"));
  }

  /** What an alert is there for already is added to that: no run, no call of a model. */
  private void repeat(Accepted accepted, Finding finding) {
    var alert = ports.floor().write(finding, settings.language(), settings.zone(), "");
    var order =
        new RepeatOrder(
            Digest.Line.of(alert),
            accepted.thread(),
            runOf(accepted.thread()),
            settings.language(),
            settings.zone());
    var effect = order.effect(TimeId.derived(accepted.id(), "repeat"));
    ports
        .findings()
        .settle(
            accepted.id(),
            runOf(accepted.id()),
            List.of(new KeyedEffect("repeat/" + accepted.id(), effect)),
            ports.clock().instant());
    ports.queued().run();
    LOG.info("finding {} repeats {}", accepted.id(), accepted.thread());
  }

  void explain(Accepted accepted) throws InterruptedException {
    Finding finding = read(accepted);
    if (!accepted.isFirst()) {
      repeat(accepted, finding);
      return;
    }
    RunId run = runOf(accepted.id());
    String reason = outcome(accepted, finding, run);
    boolean told = ports.outbox().of(run).stream().anyMatch(item -> tells(item, finding));
    List<KeyedEffect> floor =
        told
            ? List.of()
            : List.of(
                new KeyedEffect("finding/" + accepted.id(), floor(accepted, finding, reason)));
    ports.findings().settle(accepted.id(), run, floor, ports.clock().instant());
    ports.queued().run();
    LOG.info(
        "finding {} explained by {}",
        accepted.id(),
        told ? "run " + run : "the catalogue, because " + reason);
  }

  private static Finding read(Accepted accepted) {
    byte[] payload = accepted.payload().getBytes(StandardCharsets.UTF_8);
    try {
      Item item = FindingReader.read("store", new ByteArrayInputStream(payload)).getFirst();
      if (item instanceof Item.Accepted(Finding finding)) {
        return finding;
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    throw new IllegalStateException("finding " + accepted.id() + " in the store is none");
  }

  /** Runs the workflow to its end or its deadline; gives what to say where it ordered no alert. */
  private String outcome(Accepted accepted, Finding finding, RunId run)
      throws InterruptedException {
    Duration left = left(accepted);
    if (left.isNegative()) {
      return "it waited longer than " + settings.deadline().toSeconds() + " s for its turn";
    }
    String reason = end.reason(run, left, () -> run(accepted, finding, run));
    return reason.isEmpty() ? NO_ALERT : reason;
  }

  /** The deadline counts from acceptance, or from the start of the process after a stop. */
  private Duration left(Accepted accepted) {
    Instant from = accepted.at().isBefore(begun) ? begun : accepted.at();
    return Duration.between(ports.clock().instant(), from.plus(settings.deadline()));
  }

  /** The end of the run, which may go on from before a restart; empty where it has ended. */
  private Optional<CompletableFuture<RunState>> run(Accepted accepted, Finding finding, RunId run)
      throws InterruptedException {
    Optional<CompletableFuture<RunState>> running = ports.runs().running(run);
    if (running.isPresent()) {
      return running;
    }
    Optional<RunRecord> before = ports.journal().find(run);
    if (before.isPresent()) {
      return Optional.empty();
    }
    App app = app(accepted);
    var workflow = ports.apps().published(app);
    Value.Obj inputs = FindingInputs.of(finding, workflow.graph());
    var origin = new Origin(app.id(), "findings", "finding", "");
    var order = new Runs.Order(run, workflow, inputs, Value.array(), origin);
    return Optional.of(ports.runs().start(order, RunListener.NONE).end());
  }

  /** The app that it was handed in for; the default one where none was, or it is deleted. */
  private App app(Accepted accepted) {
    return ports
        .apps()
        .find(accepted.app())
        .or(defaultApp)
        .orElseThrow(
            () -> Failure.user("not_found", "no workflow is set up for findings").asException());
  }

  @Boundary("an order that cannot be read tells of nothing")
  private static boolean tells(Outbox.Item item, Finding finding) {
    try {
      return item.effect().kind().equals(AlertOrder.EFFECT)
          && FindingInputs.isAbout(AlertOrder.of(item.effect()).finding(), finding);
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  private dev.yagura.graph.Effect floor(Accepted accepted, Finding finding, String reason) {
    String id = TimeId.derived(accepted.id(), "floor");
    return new AlertOrder(finding, settings.language(), settings.zone(), "", null, reason)
        .effect(id);
  }
}
