package dev.yagura.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.yagura.run.FindingStore.Sighting;
import dev.yagura.server.rule.Rules;
import dev.yagura.server.rule.Ruling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final EventWork events;
  private final Rules rules;
  private final InstantSource clock;
  private final Semaphore places;
  private final int concurrent;
  private final Duration repeats;
  private final Semaphore news = new Semaphore(0);
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Postponed postponed;
  private final AtomicLong accepted = new AtomicLong();
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
    this.rules = work.rules();
    this.clock = clock;
    this.places = new Semaphore(settings.concurrent());
    this.concurrent = settings.concurrent();
    this.repeats = settings.repeats();
    this.postponed = new Postponed(clock);
    this.thread = Thread.ofVirtual().name("findings").unstarted(this::loop);
  }

  /** Begins to work. */
  public void start() {
    thread.start();
  }

  /**
   * What became of a delivery: a receipt for each finding, a problem for each thing that is none.
   *
   * @param exempt by the id of a receipt why no alert goes out
   */
  public record Intake(
      List<Receipt> receipts, List<Problem> problems, Map<String, Ruling.Exempt> exempt) {
    Intake() {
      this(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    }
  }

  /**
   * Accepts what is in a request; returns when it is durable.
   *
   * @param app whose workflow explains it, or empty for the default one
   */
  public Intake accept(byte[] body, String app) {
    var intake = new Intake();
    List<Item> items = read(body, intake.problems());
    for (Item item : items.subList(0, Math.min(items.size(), MAX_ITEMS))) {
      switch (item) {
        case Item.Accepted(Finding finding) -> accept(finding, app, intake);
        case Item.Refused refused -> accept(refused, app, intake);
      }
    }
    if (items.size() > MAX_ITEMS) {
      intake
          .problems()
          .add(
              Problem.error(
                  "too-many",
                  items.size()
                      + " items (expected: at most "
                      + MAX_ITEMS
                      + "; the rest is left out)",
                  Problem.Place.NOWHERE));
    }
    news.release();
    return intake;
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
  private void accept(Finding finding, String app, Intake intake) {
    ObjectNode event = FindingInputs.event(finding);
    String payload = event.toString();
    List<Item> again = read(payload.getBytes(StandardCharsets.UTF_8), intake.problems());
    switch (again.getFirst()) {
      case Item.Accepted same ->
          keep(finding, payload, Ruling.ofFinding(rules, event, app), intake);
      case Item.Refused refused -> intake.problems().add(refused.problem());
    }
  }

  /** An event that is no finding is refused, unless a rule has a place for it. */
  private void accept(Item.Refused refused, String app, Intake intake) {
    ObjectNode event = refused.event();
    Optional<Ruling> ruling =
        event == null || !app.isEmpty() ? Optional.empty() : Ruling.ofEvent(rules, event);
    if (event == null || ruling.isEmpty()) {
      intake.problems().add(refused.problem());
      return;
    }
    String payload = event.toString();
    List<Item> again = read(payload.getBytes(StandardCharsets.UTF_8), intake.problems());
    if (again.getFirst() instanceof Item.Refused same && same.event() != null) {
      String revision = EventRevision.of(event);
      keep(accepted(revision, revision, payload, ruling.get(), Sighting.NONE), intake);
    } else {
      intake.problems().add(refused.problem());
    }
  }

  /** One that no alert goes out for begins no thread and joins none. */
  private void keep(Finding finding, String payload, Ruling ruling, Intake intake) {
    boolean exempted = ruling instanceof Ruling.Exempt;
    keep(
        accepted(
            finding.revision(),
            exempted ? finding.revision() : finding.fingerprint(),
            payload,
            ruling,
            exempted ? Sighting.NONE : Sightings.of(finding)),
        intake);
  }

  private Accepted accepted(
      String revision, String fingerprint, String payload, Ruling ruling, Sighting sighting) {
    Instant now = clock.instant();
    return new Accepted(
        TimeId.at(now), revision, fingerprint, payload, now, ruling.kept(), sighting);
  }

  private void keep(Accepted finding, Intake intake) {
    Ruling ruling = Ruling.of(finding.app());
    Receipt receipt = store.accept(finding, finding.at().minus(repeats));
    intake.receipts().add(receipt);
    // What was decided about the first of the same counts.
    Ruling counts =
        receipt.duplicate()
            ? store.findFinding(receipt.id()).map(first -> Ruling.of(first.app())).orElse(ruling)
            : ruling;
    if (counts instanceof Ruling.Exempt exemption) {
      intake.exempt().put(receipt.id(), exemption);
    }
    if (!receipt.duplicate()) {
      accepted.incrementAndGet();
    }
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
