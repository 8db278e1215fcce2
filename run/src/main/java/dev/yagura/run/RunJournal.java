package dev.yagura.run;

import dev.yagura.base.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Where runs are written down. A method that returns has made its change durable (design §3b); one
 * that throws has changed nothing.
 */
public interface RunJournal {
  /** Begins a run with its first entry. */
  void create(RunRecord run, Entry first);

  /**
   * Writes an entry, its effects into the outbox and its node logs, all or nothing. The sequence
   * must be the next one; effects whose key is there already are left alone.
   */
  void append(RunId run, Entry entry);

  /** The entries in order; empty where there is no such run. */
  List<Entry> read(RunId run);

  Optional<RunRecord> find(RunId run);

  /** Runs that have not ended, the oldest first. */
  List<RunRecord> open();

  /** The node logs of a run in the order in which they were written. */
  List<NodeLog> logs(RunId run);
}
