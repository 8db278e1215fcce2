package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.run.RunListener;
import dev.yagura.run.stream.ClientEvent;
import dev.yagura.run.stream.RunStream;
import dev.yagura.server.run.Runs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes a run as server-sent events. The run never waits for its client: events wait in a bounded
 * queue, a client that falls too far behind is let go, and the run goes on without it.
 */
final class EventWriter implements RunListener {
  /** Most events that wait for a client. */
  static final int MAX_BEHIND = 10_000;

  private static final Duration PING = Duration.ofSeconds(10);

  private final BlockingQueue<ObjectNode> waiting = new ArrayBlockingQueue<>(MAX_BEHIND);
  private final RunStream stream;
  private final Envelopes envelopes;
  private final RunListener also;
  private volatile boolean gone;

  EventWriter(Runs.Order order, InstantSource clock, RunListener also) {
    this.stream = new RunStream(order.workflow().graph());
    this.envelopes = new Envelopes(order, clock);
    this.also = also;
  }

  @Override
  public synchronized void heard(RunId run, List<RunEvent> events) {
    also.heard(run, events);
    if (!gone) {
      events.forEach(event -> add(stream.of(event)));
    }
  }

  @Override
  public synchronized void piece(RunId run, Address at, String variable, String piece) {
    if (!gone) {
      add(stream.piece(at, variable, piece));
    }
  }

  private void add(List<ClientEvent> events) {
    for (ClientEvent event : events) {
      if (!waiting.offer(envelopes.of(event))) {
        gone = true;
        return;
      }
    }
  }

  /** The run has broken off: its clients hear no end otherwise. */
  synchronized void broken(String message) {
    boolean unused = waiting.offer(envelopes.error("internal_server_error", 500, message));
  }

  /** Writes until the run's last event; an IOException when the client has gone. */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    try {
      boolean more = true;
      while (more && !gone) {
        ObjectNode event = waiting.poll(PING.toMillis(), TimeUnit.MILLISECONDS);
        String text = event == null ? "event: ping\n\n" : "data: " + event + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        if (waiting.isEmpty()) {
          out.flush();
        }
        more = event == null || !isLast(event.path("event").asText());
      }
      out.flush();
    } finally {
      gone = true;
    }
  }

  private static boolean isLast(String event) {
    return event.equals("workflow_finished") || event.equals("error");
  }
}
