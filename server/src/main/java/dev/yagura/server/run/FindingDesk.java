package dev.yagura.server.run;

import dev.yagura.base.Boundary;
import dev.yagura.run.FindingStore;
import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.server.rule.Rules;
import dev.yagura.server.rule.Ruling;
import java.time.Duration;
import java.time.InstantSource;
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

  private final FindingStore store;
  private final FindingWork work;
  private final EventWork events;
  private final FindingIntake intake;
  private final InstantSource clock;
  private final Semaphore places;
  private final int concurrent;
  private final Semaphore news = new Semaphore(0);
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Postponed postponed;
  private final AtomicLong exempt = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  /**
   * What is done with what was accepted.
   *
   * @param rules that say which of both, and what no alert goes out for
   */
  public record Work(FindingWork findings, EventWork events, Rules rules) {}

  /**
   * @param concurrent findings at work at once
   * @param repeats for how long what is alike joins the first of its kind
   */
  public record Settings(int concurrent, Duration repeats) {}

  public FindingDesk(FindingStore store, Work work, InstantSource clock, Settings settings) {
    this.store = store;
    this.work = work.findings();
    this.events = work.events();
    this.intake = new FindingIntake(store, work.rules(), clock, settings.repeats());
    this.clock = clock;
    this.places = new Semaphore(settings.concurrent());
    this.concurrent = settings.concurrent();
    this.postponed = new Postponed(clock);
    this.thread = Thread.ofVirtual().name("findings").unstarted(this::loop);
  }

  /** Begins to work. */
  public void start() {
    thread.start();
  }

  /**
   * Accepts what is in a request; returns when it is durable.
   *
   * @param app whose workflow explains it, or empty for the default one
   */
  public FindingIntake.Answer accept(byte[] body, String app) {
    FindingIntake.Answer answer = intake.accept(body, app);
    news.release();
    return answer;
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
      // The list that it was taken from may be older than the end of the work on it.
      if (store.isWaiting(finding.id())) {
        work(finding);
      }
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

  private void work(Accepted finding) throws InterruptedException {
    switch (Ruling.of(finding.app())) {
      case Ruling.Explained explained -> work.explain(finding);
      case Ruling.Event(String app) -> events.run(finding, app);
      case Ruling.Exempt(String rule, boolean suppressed, String reason) -> {
        store.handled(finding.id(), clock.instant());
        exempt.incrementAndGet();
        LOG.info(
            "no alert about finding {}: rule {} {}",
            finding.id(),
            rule,
            suppressed ? "suppresses it: " + reason : "ignores it");
      }
    }
  }

  /** For how many no alert went out, because a rule says so, since the start of the process. */
  public long exempt() {
    return exempt.get();
  }

  /** How many were accepted since the start of the process, duplicates left out. */
  public long accepted() {
    return intake.accepted();
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
