package dev.yagura.store;

import dev.yagura.knowledge.KnowledgeStore;
import dev.yagura.run.FindingStore;
import dev.yagura.run.KeptFindings;
import dev.yagura.run.Outbox;
import dev.yagura.run.RecordStore;
import dev.yagura.run.Retention;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunJournal;
import dev.yagura.run.WorkflowStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** All ports over one database. */
public final class Store implements AutoCloseable {
  private final SqliteDatabase database;
  private final RunJournal journal;
  private final Outbox outbox;
  private final WorkflowStore workflows;
  private final FindingStore findings;
  private final Retention retention;
  private final RunHistory history;
  private final RecordStore records;
  private final KnowledgeStore knowledge;

  private Store(SqliteDatabase database, InstantSource clock) {
    this.database = database;
    this.journal = new JdbcRunJournal(database);
    this.outbox = new JdbcOutbox(database);
    this.workflows = new JdbcWorkflowStore(database, clock);
    this.findings = new JdbcFindingStore(database);
    this.retention = new JdbcRetention(database);
    this.history = new JdbcRunHistory(database);
    this.records = new JdbcRecords(database, clock);
    this.knowledge = new JdbcKnowledge(database);
  }

  /**
   * Opens the embedded store of a folder; the folder is made when it is not there. A FlowException
   * says what is wrong with it.
   */
  public static Store open(Path folder, InstantSource clock) {
    return new Store(SqliteDatabase.open(folder), clock);
  }

  public RunJournal journal() {
    return journal;
  }

  public Outbox outbox() {
    return outbox;
  }

  public WorkflowStore workflows() {
    return workflows;
  }

  public FindingStore findings() {
    return findings;
  }

  public KeptFindings keptFindings() {
    return new JdbcKeptFindings(database);
  }

  public Retention retention() {
    return retention;
  }

  public RunHistory history() {
    return history;
  }

  public RecordStore records() {
    return records;
  }

  public KnowledgeStore knowledge() {
    return knowledge;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }
}
