package dev.yagura.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Untrusted;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.run.Origin;
import dev.yagura.run.RunListener;
import dev.yagura.server.app.App;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the workflow that a rule gives an event which is no finding. There is no explanation from a
 * catalogue for it: where the run fails, the log says so.
 */
public final class EventWork {
  private static final Logger LOG = LoggerFactory.getLogger(EventWork.class);

  private final FindingWork.Ports ports;
  private final Duration deadline;
  private final RunEnd end;

  /**
   * @param deadline after which a run is ended
   */
  public EventWork(FindingWork.Ports ports, Duration deadline) {
    this.ports = ports;
    this.deadline = deadline;
    this.end = new RunEnd(ports.runs(), deadline);
  }

  void run(Accepted accepted, String app) throws InterruptedException {
    ObjectNode event = read(accepted);
    RunId run = new RunId(TimeId.derived(accepted.id(), "finding"));
    String failed = end.reason(run, deadline, () -> end(event, app, run));
    ports.findings().handled(accepted.id(), ports.clock().instant());
    ports.queued().run();
    if (failed.isEmpty()) {
      LOG.info("event {} ({}) was handled by run {}", accepted.id(), name(event), run);
    } else {
      LOG.error("event {} ({}) failed in run {}: {}", accepted.id(), name(event), run, failed);
    }
  }

  private static ObjectNode read(Accepted accepted) {
    byte[] payload = accepted.payload().getBytes(StandardCharsets.UTF_8);
    try {
      Item item = FindingReader.read("store", new ByteArrayInputStream(payload)).getFirst();
      if (item instanceof Item.Refused refused && refused.event() != null) {
        return refused.event();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    throw new IllegalStateException("event " + accepted.id() + " in the store is none");
  }

  private static String name(ObjectNode event) {
    return Untrusted.clean(event.path("source").asText(), Untrusted.NAME)
        + ", "
        + Untrusted.clean(event.path("detail-type").asText(), Untrusted.NAME);
  }

  /** The end of the run, which may go on from before a restart; empty where it has ended. */
  private Optional<CompletableFuture<RunState>> end(ObjectNode event, String id, RunId run)
      throws InterruptedException {
    Optional<CompletableFuture<RunState>> running = ports.runs().running(run);
    if (running.isPresent() || ports.journal().find(run).isPresent()) {
      return running;
    }
    App app =
        ports
            .apps()
            .find(id)
            .orElseThrow(
                () ->
                    Failure.user("not_found", "the workflow of its rule is deleted").asException());
    var workflow = ports.apps().published(app);
    Value.Obj inputs = FindingInputs.ofEvent(event, workflow.graph());
    var origin = new Origin(app.id(), "findings", "event", "");
    var order = new Runs.Order(run, workflow, inputs, Value.array(), origin);
    return Optional.of(ports.runs().start(order, RunListener.NONE).end());
  }
}
