package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.run.Entry;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
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

  private static final byte[] PING_EVENT = "event: ping\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

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
      events.forEach(event -> of(event).forEach(this::add));
    }
  }

  private List<ObjectNode> of(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      envelopes.begins(started.input().system());
    }
    return stream.of(event).stream().map(one -> envelopes.of(one, stream.state())).toList();
  }

  @Override
  public synchronized void piece(RunId run, Address at, String variable, String piece) {
    if (!gone) {
      for (ClientEvent event : stream.piece(at, variable, piece)) {
        add(envelopes.of(event, stream.state()));
      }
    }
  }

  @Override
  public void ended(RunRecord run) {
    also.ended(run);
  }

  private void add(ObjectNode event) {
    if (!gone && !waiting.offer(event)) {
      gone = true;
    }
  }

  /** The run has broken off: its clients hear no end otherwise. */
  synchronized void broken() {
    boolean unused = waiting.offer(brokenOff());
  }

  private ObjectNode brokenOff() {
    return envelopes.error(
        "internal_server_error", 500, "Internal Server Error, please contact support.");
  }

  /** Writes a run that is over, from its journal; one without an end ends in an error. */
  void replay(List<Entry> entries, OutputStream out) throws IOException {
    boolean ended = false;
    for (Entry entry : entries) {
      for (RunEvent event : entry.events()) {
        for (ObjectNode one : of(event)) {
          write(out, one);
          ended = isLast(one.path("event").asText());
        }
      }
    }
    if (!ended) {
      write(out, brokenOff());
    }
    out.flush();
  }

  private static void write(OutputStream out, ObjectNode event) throws IOException {
    out.write(DATA);
    out.write(Json.utf8(event));
    out.write(END);
  }

  /** Writes until the run's last event; an IOException when the client has gone. */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    try {
      boolean more = true;
      while (more && !gone) {
        ObjectNode event = waiting.poll(PING.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
          out.write(PING_EVENT);
        } else {
          write(out, event);
        }
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
