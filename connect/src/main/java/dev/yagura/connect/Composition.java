package dev.yagura.connect;

import dev.yagura.base.Boundary;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.alert.SlackDigest;
import dev.yagura.finding.alert.Tally;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes notices of items. What cannot be read is given up, so that the others go out. */
final class Composition {
  private static final Logger LOG = LoggerFactory.getLogger(Composition.class);

  private final Outbox outbox;
  private final FindingStore findings;
  private final Floor floor;

  Composition(Outbox outbox, FindingStore findings, Floor floor) {
    this.outbox = outbox;
    this.findings = findings;
    this.floor = floor;
  }

  /** A notice and the items that it tells of. */
  record Draft(Notice notice, List<Item> items) {
    List<String> keys() {
      return items.stream().map(Item::key).toList();
    }

    /** For the log. */
    String name() {
      return items.size() == 1
          ? "alert " + AlertOrder.id(items.getFirst().effect())
          : notice.key() + " with " + items.size() + " findings";
    }
  }

  Optional<Draft> single(Item item, boolean maybeSent) {
    return alert(item)
        .map(alert -> new Draft(new Notice.Single(item.key(), alert, maybeSent), List.of(item)));
  }

  /** The alert that an item orders; empty where it cannot be written. */
  @Boundary("an alert that cannot be written stops at itself; the others go out")
  Optional<Alert> alert(Item item) {
    try {
      return Optional.of(AlertOrder.of(item.effect()).write(floor));
    } catch (RuntimeException broken) {
      giveUp(item, "cannot be written: " + broken.getMessage());
      return Optional.empty();
    }
  }

  @Boundary("a repeat that cannot be read stops at itself; the others go out")
  Optional<RepeatOrder> repeat(Item item) {
    try {
      return Optional.of(RepeatOrder.of(item.effect()));
    } catch (RuntimeException broken) {
      giveUp(item, "cannot be read: " + broken.getMessage());
      return Optional.empty();
    }
  }

  private void giveUp(Item item, String reason) {
    LOG.error("{} {}", AlertOrder.id(item.effect()), reason);
    outbox.failed(List.of(item.key()), reason);
  }

  /** As many alerts as one message holds, in short. */
  Optional<Draft> shortened(String key, List<Item> items, boolean maybeSent) {
    List<Item> told = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    for (Item item : items) {
      if (told.size() < SlackDigest.MAX_LINES) {
        alert(item)
            .ifPresent(
                alert -> {
                  alerts.add(alert);
                  told.add(item);
                });
      }
    }
    if (alerts.isEmpty()) {
      return Optional.empty();
    }
    AlertOrder first = AlertOrder.of(told.getFirst().effect());
    var digest =
        new Digest(
            first.language(),
            first.zone(),
            alerts.stream().map(Digest.Line::of).toList(),
            List.of());
    return Optional.of(new Draft(new Notice.Several(key, digest, maybeSent), told));
  }

  /** As many repeats as one message holds, put together by thread. */
  Optional<Draft> repeats(String key, List<Item> items, boolean maybeSent) {
    Map<String, Collected> threads = new LinkedHashMap<>();
    List<Item> told = new ArrayList<>();
    int ids = 0;
    RepeatOrder first = null;
    for (Item item : items) {
      Optional<RepeatOrder> order = repeat(item);
      if (order.isEmpty()) {
        continue;
      }
      RepeatOrder one = order.get();
      Collected thread = threads.get(one.thread());
      boolean full = thread == null && threads.size() == SlackDigest.MAX_LINES;
      if (full || ids >= SlackDigest.MAX_IDS) {
        continue;
      }
      first = first == null ? one : first;
      thread = threads.computeIfAbsent(one.thread(), same -> new Collected());
      ids += thread.add(one.line()) ? 1 : 0;
      told.add(item);
    }
    if (first == null) {
      return Optional.empty();
    }
    List<Digest.Repeat> repeats = threads.values().stream().map(Collected::repeat).toList();
    var digest = new Digest(first.language(), first.zone(), List.of(), repeats);
    return Optional.of(new Draft(new Notice.Several(key, digest, maybeSent), told));
  }

  /** Repeats of one alert, for the thread of its message. */
  Optional<Draft> under(String key, Item alertItem, List<Item> items, boolean maybeSent) {
    Optional<Alert> alert = alert(alertItem);
    Optional<Draft> digest = repeats(key, items, maybeSent);
    if (alert.isEmpty() || digest.isEmpty()) {
      return digest;
    }
    Draft draft = digest.get();
    RepeatOrder order = RepeatOrder.of(draft.items().getFirst().effect());
    Digest told = ((Notice.Several) draft.notice()).digest();
    return Optional.of(
        new Draft(
            new Notice.Repeats(
                key,
                alertItem.posted(),
                alert.get(),
                order.zone(),
                tally(order.thread()),
                told,
                maybeSent),
            draft.items()));
  }

  private Tally tally(String thread) {
    FindingStore.Standing kept = findings.thread(thread);
    return new Tally(
        Math.max(0, kept.revisions() - 1),
        kept.findings(),
        kept.lastSeen() == 0 ? null : Instant.ofEpochMilli(kept.lastSeen()),
        kept.count());
  }

  /** Repeats of one thread. */
  private static final class Collected {
    private final Set<String> findings = new LinkedHashSet<>();
    private Digest.@Nullable Line latest;
    private int times;

    /** Whether it names a finding that was not named before. */
    private boolean add(Digest.Line line) {
      times++;
      if (latest == null || !time(line).isBefore(time(latest))) {
        latest = line;
      }
      return findings.add(line.finding());
    }

    private static Instant time(Digest.Line line) {
      Instant seen = line.lastSeen();
      return seen == null ? Instant.EPOCH : seen;
    }

    private Digest.Repeat repeat() {
      if (latest == null) {
        throw new IllegalStateException("no repeat was added");
      }
      return new Digest.Repeat(latest, times, List.copyOf(findings));
    }
  }
}
