package dev.yagura.store;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunStatus;
import dev.yagura.run.Entry;
import dev.yagura.run.NodeLog;
import dev.yagura.run.Origin;
import dev.yagura.run.RunJournal;
import dev.yagura.run.RunRecord;
import dev.yagura.run.RunTotals;
import dev.yagura.run.journal.EventJson;
import dev.yagura.run.journal.EventReader;
import dev.yagura.run.journal.ValueJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Runs, their journals and node logs in tables. */
final class JdbcRunJournal implements RunJournal {
  private final Database database;

  JdbcRunJournal(Database database) {
    this.database = database;
  }

  @Override
  public void create(RunRecord run, Entry first) {
    PreparedEntry prepared = PreparedEntry.of(run.id(), first);
    database.write(
        handle -> {
          int made =
              Statements.execute(
                  handle,
                  "INSERT INTO runs (id, workflow, status, created_at, app, user_id, source,"
                      + " idempotency_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                      + " ON CONFLICT DO NOTHING",
                  run.id().value(),
                  run.workflow(),
                  run.status().text(),
                  run.createdAt().toEpochMilli(),
                  run.origin().app(),
                  run.origin().user(),
                  run.origin().source(),
                  run.origin().key().isEmpty() ? null : run.origin().key());
          if (made == 0) {
            throw new IllegalStateException("run " + run.id() + " exists already");
          }
          return append(handle, prepared);
        });
  }

  @Override
  public void append(RunId run, Entry entry) {
    PreparedEntry prepared = PreparedEntry.of(run, entry);
    database.write(handle -> append(handle, prepared));
  }

  private static int append(Handle handle, PreparedEntry prepared) {
    RunId run = prepared.run();
    Entry entry = prepared.entry();
    int written =
        Statements.execute(
            handle,
            "INSERT INTO journal (run_id, seq, at, format, events) SELECT ?, ?, ?, ?, ?"
                + " WHERE EXISTS (SELECT 1 FROM runs WHERE id = ?)"
                + " AND (SELECT COALESCE(MAX(seq), 0) FROM journal WHERE run_id = ?) = ?",
            run.value(),
            entry.sequence(),
            entry.at().toEpochMilli(),
            EventJson.FORMAT,
            prepared.events(),
            run.value(),
            run.value(),
            entry.sequence() - 1);
    if (written == 0) {
      throw new IllegalStateException(
          "entry " + entry.sequence() + " of run " + run + " is not the next one of a known run");
    }
    prepared.blobs().write(handle, run.value());
    writeEffects(handle, prepared);
    writeLogs(handle, prepared);
    writeStatus(handle, run, entry);
    return written;
  }

  private static void writeEffects(Handle handle, PreparedEntry prepared) {
    for (int i = 0; i < prepared.effects().size(); i++) {
      OutboxRows.insert(
          handle,
          prepared.effects().get(i),
          prepared.run(),
          prepared.payloads().get(i),
          prepared.entry().at());
    }
  }

  private static void writeLogs(Handle handle, PreparedEntry prepared) {
    List<NodeLog> logs = prepared.entry().logs();
    for (int i = 0; i < logs.size(); i++) {
      NodeLog log = logs.get(i);
      Statements.execute(
          handle,
          "INSERT INTO node_logs (run_id, seq, position, frame, node, attempt, type, title, status,"
              + " error, trace, outputs, started_at, finished_at)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          prepared.run().value(),
          prepared.entry().sequence(),
          i,
          log.at().frame(),
          log.at().node(),
          log.attempt(),
          log.type(),
          log.title(),
          log.status(),
          log.error(),
          prepared.traces().get(i),
          prepared.outputs().get(i),
          log.startedAt().toEpochMilli(),
          log.finishedAt().toEpochMilli());
    }
  }

  private static void writeStatus(Handle handle, RunId run, Entry entry) {
    for (RunEvent event : entry.events()) {
      switch (event) {
        case RunEvent.RunPaused paused -> status(handle, run, RunStatus.PAUSED, null);
        case RunEvent.RunResumed resumed -> status(handle, run, RunStatus.RUNNING, null);
        case RunEvent.RunFinished end -> finish(handle, run, end.status(), entry);
        default -> {}
      }
    }
  }

  private static void finish(Handle handle, RunId run, RunStatus status, Entry entry) {
    Statements.execute(
        handle,
        "UPDATE runs SET status = ?, finished_at = ?, steps = ?, tokens = ?, exceptions = ?,"
            + " error = ? WHERE id = ?",
        status.text(),
        entry.at().toEpochMilli(),
        entry.totals().steps(),
        entry.totals().tokens(),
        entry.totals().exceptions(),
        entry.totals().error(),
        run.value());
  }

  private static void status(
      Handle handle, RunId run, RunStatus status, @Nullable Instant finishedAt) {
    Statements.execute(
        handle,
        "UPDATE runs SET status = ?, finished_at = ? WHERE id = ?",
        status.text(),
        finishedAt == null ? null : finishedAt.toEpochMilli(),
        run.value());
  }

  @Override
  public List<Entry> read(RunId run) {
    return database.read(
        handle -> {
          Map<Integer, List<NodeLog>> logs = new HashMap<>();
          for (NodeLogRow row : logRows(handle, run)) {
            logs.computeIfAbsent(row.sequence(), sequence -> new ArrayList<>()).add(row.log());
          }
          return handle
              .createQuery(
                  "SELECT seq, at, format, events FROM journal WHERE run_id = :run ORDER BY seq")
              .bind("run", run.value())
              .map((row, context) -> entry(handle, run, row, logs))
              .list();
        });
  }

  private static Entry entry(
      Handle handle, RunId run, ResultSet row, Map<Integer, List<NodeLog>> logs)
      throws SQLException {
    int sequence = row.getInt("seq");
    if (row.getInt("format") != EventJson.FORMAT) {
      throw new IllegalStateException(
          "run "
              + run
              + " was written in the format "
              + row.getInt("format")
              + ", which is unknown");
    }
    var reader = new EventReader(new ValueJson(new JdbcBlobs(handle)));
    return new Entry(
        sequence,
        Instant.ofEpochMilli(row.getLong("at")),
        reader.read(Json.read(row.getString("events"))),
        logs.getOrDefault(sequence, List.of()));
  }

  private record NodeLogRow(int sequence, NodeLog log) {}

  private static List<NodeLogRow> logRows(Handle handle, RunId run) {
    return handle
        .createQuery("SELECT * FROM node_logs WHERE run_id = :run ORDER BY seq, position")
        .bind("run", run.value())
        .map((row, context) -> new NodeLogRow(row.getInt("seq"), log(handle, row)))
        .list();
  }

  private static NodeLog log(Handle handle, ResultSet row) throws SQLException {
    return new NodeLog(
        new Address(row.getString("frame"), row.getString("node")),
        row.getInt("attempt"),
        row.getString("type"),
        row.getString("title"),
        row.getString("status"),
        row.getString("error"),
        Json.object(handle, row.getString("trace")),
        Json.object(handle, row.getString("outputs")),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Instant.ofEpochMilli(row.getLong("finished_at")));
  }

  @Override
  public List<NodeLog> logs(RunId run) {
    return database.read(handle -> logRows(handle, run).stream().map(NodeLogRow::log).toList());
  }

  @Override
  public Optional<RunRecord> find(RunId run) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM runs WHERE id = :id")
                .bind("id", run.value())
                .map((row, context) -> record(row))
                .findOne());
  }

  @Override
  public List<RunRecord> open() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM runs WHERE finished_at IS NULL ORDER BY created_at, id")
                .map((row, context) -> record(row))
                .list());
  }

  static RunRecord record(ResultSet row) throws SQLException {
    long finished = row.getLong("finished_at");
    Instant finishedAt = row.wasNull() ? null : Instant.ofEpochMilli(finished);
    return new RunRecord(
        new RunId(row.getString("id")),
        row.getString("workflow"),
        RunStatus.of(row.getString("status")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        finishedAt,
        new Origin(
            row.getString("app"),
            row.getString("user_id"),
            row.getString("source"),
            Objects.requireNonNullElse(row.getString("idempotency_key"), "")),
        new RunTotals(
            row.getInt("steps"),
            row.getLong("tokens"),
            row.getInt("exceptions"),
            row.getString("error")));
  }
}
