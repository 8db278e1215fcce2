package dev.yagura.run;

import dev.yagura.base.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All ports in memory: for runs that nobody needs to find again, such as those of the command line,
 * and for tests.
 */
public final class InMemoryStore extends InMemoryOutbox
    implements RunJournal, RunHistory, WorkflowStore, FindingStore, Retention {
  private final Map<RunId, RunRecord> runs = new LinkedHashMap<>();
  private final Map<RunId, List<Entry>> entries = new HashMap<>();
  private final Map<String, String> workflows = new HashMap<>();
  private final Map<String, Accepted> findings = new LinkedHashMap<>();
  private final Set<String> handled = new HashSet<>();

  @Override
  public synchronized void create(RunRecord run, Entry first) {
    if (runs.putIfAbsent(run.id(), run) != null) {
      throw new IllegalStateException("run " + run.id() + " exists already");
    }
    entries.put(run.id(), new ArrayList<>());
    append(run.id(), first);
  }

  @Override
  public synchronized void append(RunId run, Entry entry) {
    List<Entry> journal = entries.get(run);
    RunRecord record = runs.get(run);
    if (journal == null || record == null) {
      throw new IllegalStateException("no run " + run);
    }
    if (entry.sequence() != journal.size() + 1) {
      throw new IllegalStateException(
          "entry "
              + entry.sequence()
              + " of run "
              + run
              + " (expected: "
              + (journal.size() + 1)
              + ")");
    }
    journal.add(entry);
    for (Entry.KeyedEffect effect : entry.effects(run.value())) {
      add(effect, run, entry.at());
    }
    runs.put(run, record.after(entry));
  }

  @Override
  public synchronized Page find(Query query) {
    List<RunRecord> all =
        runs.values().stream()
            .filter(run -> run.origin().app().equals(query.app()))
            .filter(run -> query.status().isEmpty() || run.status().text().equals(query.status()))
            .filter(run -> query.user().isEmpty() || run.origin().user().equals(query.user()))
            .filter(run -> query.after() == null || !run.createdAt().isBefore(query.after()))
            .filter(run -> query.before() == null || !run.createdAt().isAfter(query.before()))
            .filter(run -> read(run.id()).toString().contains(query.keyword()))
            .sorted(Comparator.comparing(RunRecord::createdAt).reversed())
            .toList();
    int skipped = (query.page() - 1) * query.limit();
    return new Page(all.stream().skip(skipped).limit(query.limit()).toList(), all.size());
  }

  @Override
  public synchronized Optional<RunRecord> withKey(String app, String key) {
    return runs.values().stream()
        .filter(run -> run.origin().app().equals(app) && run.origin().key().equals(key))
        .findFirst();
  }

  @Override
  public synchronized List<Entry> read(RunId run) {
    return List.copyOf(entries.getOrDefault(run, List.of()));
  }

  @Override
  public synchronized Optional<RunRecord> find(RunId run) {
    return Optional.ofNullable(runs.get(run));
  }

  @Override
  public synchronized List<RunRecord> open() {
    return runs.values().stream().filter(run -> run.finishedAt() == null).toList();
  }

  @Override
  public synchronized List<NodeLog> logs(RunId run) {
    return read(run).stream().flatMap(entry -> entry.logs().stream()).toList();
  }

  @Override
  public synchronized String keep(String dsl) {
    String id = UUID.nameUUIDFromBytes(dsl.getBytes(StandardCharsets.UTF_8)).toString();
    workflows.put(id, dsl);
    return id;
  }

  @Override
  public synchronized Optional<String> find(String id) {
    return Optional.ofNullable(workflows.get(id));
  }

  @Override
  public synchronized void forget(String id) {
    workflows.remove(id);
  }

  @Override
  public synchronized Receipt accept(Accepted finding, Instant since) {
    for (Accepted earlier : findings.values()) {
      if (earlier.revision().equals(finding.revision())) {
        return new Receipt(earlier.id(), true, earlier.thread());
      }
    }
    String thread = threadFor(finding, since);
    findings.put(finding.id(), finding.in(thread));
    return new Receipt(finding.id(), false, thread);
  }

  private String threadFor(Accepted finding, Instant since) {
    String thread = "";
    for (Accepted earlier : findings.values()) {
      Accepted first = findings.get(earlier.thread());
      if (first == null || !earlier.app().equals(finding.app())) {
        continue;
      }
      boolean alike =
          earlier.fingerprint().equals(finding.fingerprint()) && !first.at().isBefore(since);
      if (isSame(earlier, finding) || (alike && thread.isEmpty())) {
        thread = first.id();
      }
    }
    String joined = thread;
    boolean higher =
        findings.values().stream()
            .filter(one -> one.thread().equals(joined))
            .allMatch(one -> one.sighting().band() < finding.sighting().band());
    return joined.isEmpty() || higher ? finding.id() : joined;
  }

  private static boolean isSame(Accepted one, Accepted other) {
    return !one.sighting().finding().isEmpty()
        && one.sighting().finding().equals(other.sighting().finding());
  }

  @Override
  public synchronized Standing thread(String thread) {
    List<Accepted> all =
        findings.values().stream().filter(one -> one.thread().equals(thread)).toList();
    Sighting latest =
        all.stream()
            .map(Accepted::sighting)
            .max(Comparator.comparing(Sighting::lastSeen))
            .orElse(Sighting.NONE);
    long different = all.stream().map(one -> one.sighting().finding()).distinct().count();
    return new Standing(all.size(), (int) different, latest.lastSeen(), latest.count());
  }

  @Override
  public synchronized Optional<Accepted> findFinding(String id) {
    return Optional.ofNullable(findings.get(id));
  }

  @Override
  public synchronized void settle(
      String id, RunId run, List<Entry.KeyedEffect> alerts, Instant at) {
    for (Entry.KeyedEffect alert : alerts) {
      add(alert, run, at);
    }
    handled.add(id);
  }

  @Override
  public synchronized void handled(String id, Instant at) {
    handled.add(id);
  }

  @Override
  public synchronized List<Accepted> unhandled(int most) {
    return findings.values().stream()
        .filter(finding -> !handled.contains(finding.id()))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized boolean isWaiting(String id) {
    return findings.containsKey(id) && !handled.contains(id);
  }

  @Override
  public synchronized int countUnhandled(int most) {
    return unhandled(most).size();
  }

  @Override
  public synchronized int deleteBefore(Instant time, int most) {
    List<String> old =
        findings.values().stream()
            .filter(finding -> finding.at().isBefore(time) && handled.contains(finding.id()))
            .limit(most)
            .map(Accepted::id)
            .toList();
    old.forEach(findings::remove);
    old.forEach(handled::remove);
    List<RunId> ended =
        runs.values().stream()
            .filter(run -> run.finishedAt() != null && run.finishedAt().isBefore(time))
            .filter(run -> none(run, State.PENDING))
            .limit(most)
            .map(RunRecord::id)
            .toList();
    ended.forEach(this::delete);
    int orphans = deleteOrphans(runs::containsKey, time, most);
    return old.size() + ended.size() + orphans;
  }

  @Override
  public synchronized int deleteOldest(int most) {
    List<RunId> ended =
        runs.values().stream()
            .filter(run -> run.finishedAt() != null)
            .filter(run -> none(run, State.PENDING) && none(run, State.FAILED))
            .limit(most)
            .map(RunRecord::id)
            .toList();
    ended.forEach(this::delete);
    return ended.size();
  }

  private boolean none(RunRecord run, State state) {
    return of(run.id()).stream().noneMatch(item -> item.state() == state);
  }

  /** Forgets a run with everything that came of it. */
  public synchronized void forget(RunId run) {
    delete(run);
  }

  private void delete(RunId run) {
    runs.remove(run);
    entries.remove(run);
    deleteOf(run);
  }

  @Override
  public synchronized long size() {
    return entries.values().stream().mapToLong(List::size).sum();
  }
}
