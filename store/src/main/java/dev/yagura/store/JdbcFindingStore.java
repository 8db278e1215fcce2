package dev.yagura.store;

import dev.yagura.base.RunId;
import dev.yagura.run.Entry;
import dev.yagura.run.FindingStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accepted findings in a table; the revision is unique. */
final class JdbcFindingStore implements FindingStore {
  private final Database database;

  JdbcFindingStore(Database database) {
    this.database = database;
  }

  @Override
  public Receipt accept(Accepted finding, Instant since) {
    return database.write(
        handle -> {
          Optional<Receipt> before = duplicate(handle, finding.revision());
          if (before.isPresent()) {
            return before.get();
          }
          String thread = thread(handle, finding, since);
          insert(handle, finding.in(thread));
          return new Receipt(finding.id(), false, thread);
        });
  }

  private static Optional<Receipt> duplicate(Handle handle, String revision) {
    return handle
        .createQuery("SELECT id, thread FROM findings WHERE revision = :revision")
        .bind("revision", revision)
        .map((row, context) -> new Receipt(row.getString("id"), true, row.getString("thread")))
        .findOne();
  }

  private static void insert(Handle handle, Accepted finding) {
    Statements.execute(
        handle,
        "INSERT INTO findings (id, revision, fingerprint, payload, received_at, app, finding, band,"
            + " last_seen, seen, thread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        finding.id(),
        finding.revision(),
        finding.fingerprint(),
        finding.payload(),
        finding.at().toEpochMilli(),
        finding.app(),
        finding.sighting().finding(),
        finding.sighting().band(),
        finding.sighting().lastSeen(),
        finding.sighting().count(),
        finding.thread());
  }

  /** The thread that it joins, whose first finding is still kept; its own id for none. */
  private static String thread(Handle handle, Accepted finding, Instant since) {
    return sameFinding(handle, finding)
        .or(() -> alike(handle, finding, since))
        .filter(thread -> finding.sighting().band() <= band(handle, thread))
        .orElse(finding.id());
  }

  private static Optional<String> sameFinding(Handle handle, Accepted finding) {
    if (finding.sighting().finding().isEmpty()) {
      return Optional.empty();
    }
    return handle
        .createQuery(
            "SELECT f.thread FROM findings f JOIN findings first ON first.id = f.thread WHERE"
                + " f.finding = :finding AND f.app = :app ORDER BY f.received_at DESC, f.id DESC"
                + " LIMIT 1")
        .bind("finding", finding.sighting().finding())
        .bind("app", finding.app())
        .mapTo(String.class)
        .findOne();
  }

  private static Optional<String> alike(Handle handle, Accepted finding, Instant since) {
    return handle
        .createQuery(
            "SELECT f.thread FROM findings f JOIN findings first ON first.id = f.thread WHERE"
                + " f.fingerprint = :fingerprint AND f.app = :app AND first.received_at >= :since"
                + " ORDER BY f.received_at DESC, f.id DESC LIMIT 1")
        .bind("fingerprint", finding.fingerprint())
        .bind("app", finding.app())
        .bind("since", since.toEpochMilli())
        .mapTo(String.class)
        .findOne();
  }

  private static int band(Handle handle, String thread) {
    return handle
        .createQuery("SELECT MAX(band) FROM findings WHERE thread = :thread")
        .bind("thread", thread)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public Standing thread(String thread) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT last_seen, seen, (SELECT COUNT(*) FROM findings WHERE thread = :thread)"
                        + " AS revisions, (SELECT COUNT(DISTINCT finding) FROM findings WHERE"
                        + " thread = :thread) AS findings FROM findings WHERE thread = :thread"
                        + " ORDER BY last_seen DESC LIMIT 1")
                .bind("thread", thread)
                .map(
                    (row, context) ->
                        new Standing(
                            row.getInt("revisions"),
                            row.getInt("findings"),
                            row.getLong("last_seen"),
                            row.getLong("seen")))
                .findOne()
                .orElse(new Standing(0, 0, 0, 1)));
  }

  @Override
  public Optional<Accepted> findFinding(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM findings WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> accepted(row))
                .findOne());
  }

  @Override
  public void settle(String id, RunId run, List<Entry.KeyedEffect> alerts, Instant at) {
    List<String> payloads = new ArrayList<>();
    var blobs = new CollectedBlobs();
    alerts.forEach(alert -> payloads.add(Json.text(alert.effect().payload(), blobs)));
    database.write(
        handle -> {
          blobs.write(handle, run.value());
          for (int i = 0; i < alerts.size(); i++) {
            OutboxRows.insert(handle, alerts.get(i), run, payloads.get(i), at);
          }
          return Statements.execute(
              handle, "UPDATE findings SET handled_at = ? WHERE id = ?", at.toEpochMilli(), id);
        });
  }

  @Override
  public void handled(String id, Instant at) {
    database.write(
        handle ->
            Statements.execute(
                handle, "UPDATE findings SET handled_at = ? WHERE id = ?", at.toEpochMilli(), id));
  }

  @Override
  public List<Accepted> unhandled(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM findings WHERE handled_at IS NULL ORDER BY received_at LIMIT"
                        + " :most")
                .bind("most", most)
                .map((row, context) -> accepted(row))
                .list());
  }

  @Override
  public boolean isWaiting(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT 1 FROM findings WHERE id = :id AND handled_at IS NULL")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  @Override
  public int countUnhandled(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM findings WHERE handled_at IS NULL LIMIT"
                        + " :most) AS waiting")
                .bind("most", most)
                .mapTo(Integer.class)
                .one());
  }

  static Accepted accepted(ResultSet row) throws SQLException {
    return new Accepted(
        row.getString("id"),
        row.getString("revision"),
        row.getString("fingerprint"),
        row.getString("payload"),
        Instant.ofEpochMilli(row.getLong("received_at")),
        row.getString("app"),
        new Sighting(
            row.getString("finding"),
            row.getInt("band"),
            row.getLong("last_seen"),
            row.getLong("seen")),
        row.getString("thread"));
  }
}
