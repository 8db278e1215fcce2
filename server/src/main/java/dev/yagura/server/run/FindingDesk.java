package dev.yagura.server.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.base.TimeId;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.run.FindingStore;
import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.run.FindingStore.Receipt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes findings in and works on them, the oldest first, so many at once. What was accepted is
 * durable; what was not finished when the process ended is taken up again.
 */
public final class FindingDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FindingDesk.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Most things in one request; a longer body is cut there, and says so. */
  public static final int MAX_ITEMS = 1_000;

  private final FindingStore store;
  private final FindingWork work;
  private final InstantSource clock;
  private final Semaphore places;
  private final int concurrent;
  private final Semaphore news = new Semaphore(0);
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Postponed postponed;
  private final AtomicLong accepted = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  public FindingDesk(FindingStore store, FindingWork work, InstantSource clock, int concurrent) {
    this.store = store;
    this.work = work;
    this.clock = clock;
    this.places = new Semaphore(concurrent);
    this.concurrent = concurrent;
    this.postponed = new Postponed(clock);
    this.thread = Thread.ofVirtual().name("findings").unstarted(this::loop);
  }

  /** Begins to work. */
  public void start() {
    thread.start();
  }

  /**
   * What became of a delivery: a receipt for each finding, a problem for each thing that is none.
   */
  public record Intake(List<Receipt> receipts, List<Problem> problems) {}

  /**
   * Accepts what is in a request; returns when it is durable.
   *
   * @param app whose workflow explains it, or empty for the default one
   */
  public Intake accept(byte[] body, String app) {
    List<Receipt> receipts = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<Item> items = read(body, problems);
    for (Item item : items.subList(0, Math.min(items.size(), MAX_ITEMS))) {
      switch (item) {
        case Item.Accepted(Finding finding) -> accept(finding, app, receipts, problems);
        case Item.Refused refused -> problems.add(refused.problem());
      }
    }
    if (items.size() > MAX_ITEMS) {
      problems.add(
          Problem.error(
              "too-many",
              items.size() + " items (expected: at most " + MAX_ITEMS + "; the rest is left out)",
              Problem.Place.NOWHERE));
    }
    news.release();
    return new Intake(receipts, problems);
  }

  /** Only what cannot be read is a problem of the sender; a store that fails is not. */
  private static List<Item> read(byte[] body, List<Problem> problems) {
    try {
      return FindingReader.read("body", new ByteArrayInputStream(body));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (FlowException unreadable) {
      problems.add(
          Problem.error(
              unreadable.failure().code(), unreadable.failure().message(), Problem.Place.NOWHERE));
      return List.of();
    }
  }

  /** A finding is only accepted in a form that can be read again: it will be, after a crash. */
  private void accept(Finding finding, String app, List<Receipt> receipts, List<Problem> problems) {
    String payload = FindingInputs.event(finding).toString();
    List<Item> again = read(payload.getBytes(StandardCharsets.UTF_8), problems);
    switch (again.getFirst()) {
      case Item.Accepted same -> receipts.add(keep(finding, payload, app));
      case Item.Refused refused -> problems.add(refused.problem());
    }
  }

  private Receipt keep(Finding finding, String payload, String app) {
    Receipt receipt =
        store.accept(
            new Accepted(
                TimeId.at(clock.instant()),
                finding.revision(),
                finding.fingerprint(),
                payload,
                clock.instant(),
                app));
    if (!receipt.duplicate()) {
      accepted.incrementAndGet();
    }
    return receipt;
  }

  private void loop() {
    try {
      while (!closing) {
        if (!takeSome()) {
          boolean unused = news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
          news.drainPermits();
        }
      }
    } catch (InterruptedException stop) {
      closing = true;
    }
  }

  @Boundary("a store that is busy is asked again")
  private boolean takeSome() throws InterruptedException {
    boolean took = false;
    try {
      int most = concurrent + underWay.size() + postponed.size();
      for (Accepted finding : store.unhandled(most)) {
        if (!closing && !postponed.rests(finding.id()) && underWay.add(finding.id())) {
          places.acquire();
          Thread unused =
              Thread.ofVirtual().name("finding-" + finding.id()).start(() -> handle(finding));
          took = true;
        }
      }
    } catch (RuntimeException busy) {
      LOG.error("accepted findings cannot be read: {}", busy.toString());
    }
    return took;
  }

  @Boundary("whatever stops the work on a finding, it is taken up again")
  private void handle(Accepted finding) {
    try {
      work.explain(finding);
      postponed.done(finding.id());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      Duration rest = postponed.failed(finding.id());
      LOG.error(
          "finding {} is tried again in {} s: {}",
          finding.id(),
          rest.toSeconds(),
          failed.toString());
    } finally {
      underWay.remove(finding.id());
      places.release();
      news.release();
    }
  }

  /** How many were accepted since the start of the process, duplicates left out. */
  public long accepted() {
    return accepted.get();
  }

  public int underWay() {
    return underWay.size();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }
}
