package dev.yagura.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.atomic.AtomicLong;

/** Takes findings, and events that rules have a place for, out of what was sent, and keeps them. */
public final class FindingIntake {
  /** Most things in one request; a longer body is cut there, and says so. */
  public static final int MAX_ITEMS = 1_000;

  private final FindingStore store;
  private final Rules rules;
  private final InstantSource clock;
  private final Duration repeats;
  private final AtomicLong accepted = new AtomicLong();

  /**
   * @param repeats for how long what is alike joins the first of its kind
   */
  FindingIntake(FindingStore store, Rules rules, InstantSource clock, Duration repeats) {
    this.store = store;
    this.rules = rules;
    this.clock = clock;
    this.repeats = repeats;
  }

  /**
   * What became of a delivery: a receipt for each finding, a problem for each thing that is none.
   *
   * @param exempt by the id of a receipt why no alert goes out
   */
  public record Answer(
      List<Receipt> receipts, List<Problem> problems, Map<String, Ruling.Exempt> exempt) {
    Answer() {
      this(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    }
  }

  /**
   * Accepts what is in a request; returns when it is durable.
   *
   * @param app whose workflow explains it, or empty for the default one
   */
  Answer accept(byte[] body, String app) {
    var answer = new Answer();
    List<Item> items = read(body, answer.problems());
    for (Item item : items.subList(0, Math.min(items.size(), MAX_ITEMS))) {
      switch (item) {
        case Item.Accepted(Finding finding) -> accept(finding, app, answer);
        case Item.Refused refused -> accept(refused, app, answer);
      }
    }
    if (items.size() > MAX_ITEMS) {
      answer
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
    return answer;
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
  private void accept(Finding finding, String app, Answer answer) {
    ObjectNode event = FindingInputs.event(finding);
    String payload = event.toString();
    List<Item> again = read(payload.getBytes(StandardCharsets.UTF_8), answer.problems());
    switch (again.getFirst()) {
      case Item.Accepted same ->
          keep(finding, payload, Ruling.ofFinding(rules, event, app), answer);
      case Item.Refused refused -> answer.problems().add(refused.problem());
    }
  }

  /** An event that is no finding is refused, unless a rule has a place for it. */
  private void accept(Item.Refused refused, String app, Answer answer) {
    ObjectNode event = refused.event();
    Optional<Ruling> ruling =
        event == null || !app.isEmpty() ? Optional.empty() : Ruling.ofEvent(rules, event);
    if (event == null || ruling.isEmpty()) {
      answer.problems().add(refused.problem());
      return;
    }
    String payload = event.toString();
    List<Item> again = read(payload.getBytes(StandardCharsets.UTF_8), answer.problems());
    if (again.getFirst() instanceof Item.Refused same && same.event() != null) {
      String revision = EventRevision.of(event);
      keep(accepted(revision, revision, payload, ruling.get(), Sighting.NONE), answer);
    } else {
      answer.problems().add(refused.problem());
    }
  }

  /** One that no alert goes out for begins no thread and joins none. */
  private void keep(Finding finding, String payload, Ruling ruling, Answer answer) {
    boolean exempted = ruling instanceof Ruling.Exempt;
    keep(
        accepted(
            finding.revision(),
            exempted ? finding.revision() : finding.fingerprint(),
            payload,
            ruling,
            exempted ? Sighting.NONE : Sightings.of(finding)),
        answer);
  }

  private Accepted accepted(
      String revision, String fingerprint, String payload, Ruling ruling, Sighting sighting) {
    Instant now = clock.instant();
    return new Accepted(
        TimeId.at(now), revision, fingerprint, payload, now, ruling.kept(), sighting);
  }

  private void keep(Accepted finding, Answer answer) {
    Ruling ruling = Ruling.of(finding.app());
    Receipt receipt = store.accept(finding, finding.at().minus(repeats));
    answer.receipts().add(receipt);
    // What was decided about the first of the same counts.
    Ruling counts =
        receipt.duplicate()
            ? store.findFinding(receipt.id()).map(first -> Ruling.of(first.app())).orElse(ruling)
            : ruling;
    if (counts instanceof Ruling.Exempt exemption) {
      answer.exempt().put(receipt.id(), exemption);
    }
    if (!receipt.duplicate()) {
      accepted.incrementAndGet();
    }
  }

  /** How many were accepted since the start of the process, duplicates left out. */
  long accepted() {
    return accepted.get();
  }
}
