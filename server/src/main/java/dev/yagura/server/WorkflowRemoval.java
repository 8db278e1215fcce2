package dev.yagura.server;

import dev.yagura.run.RunJournal;
import dev.yagura.run.RunRecord;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Apps;
import dev.yagura.server.app.Keys;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes workflows. Runs under way end as if nothing had happened, also after a crash: the version
 * that they are made of stays until they have ended.
 */
public final class WorkflowRemoval {
  private final Apps apps;
  private final Keys keys;
  private final RunJournal journal;

  WorkflowRemoval(Apps apps, Keys keys, RunJournal journal) {
    this.apps = apps;
    this.keys = keys;
    this.journal = journal;
  }

  /**
   * What was deleted.
   *
   * @param runs that are under way
   */
  public record Removed(int keys, long runs) {}

  /** Deletes an app and its keys. */
  public Removed remove(App app) {
    // Keys first: no new run begins, and where the store fails here, it can be done again.
    int deleted = keys.deleteOf(app.id());
    List<RunRecord> open = journal.open();
    apps.delete(app, versions(open));
    long runs = open.stream().filter(run -> run.origin().app().equals(app.id())).count();
    return new Removed(deleted, runs);
  }

  /** Deletes what had to stay for runs that have ended since; gives how many versions. */
  int leftovers() {
    return apps.deleteLeftovers(versions(journal.open()));
  }

  private static Set<String> versions(List<RunRecord> open) {
    return open.stream().map(RunRecord::workflow).collect(Collectors.toSet());
  }
}
