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

/** Accepted findings in a table; the revision is unique. */
final class JdbcFindingStore implements FindingStore {
  private final Database database;

  JdbcFindingStore(Database database) {
    this.database = database;
  }

  @Override
  public Receipt accept(Accepted finding) {
    return database.write(
        handle -> {
          int made =
              Statements.execute(
                  handle,
                  "INSERT INTO findings (id, revision, fingerprint, payload, received_at, app)"
                      + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (revision) DO NOTHING",
                  finding.id(),
                  finding.revision(),
                  finding.fingerprint(),
                  finding.payload(),
                  finding.at().toEpochMilli(),
                  finding.app());
          String id =
              handle
                  .createQuery("SELECT id FROM findings WHERE revision = :revision")
                  .bind("revision", finding.revision())
                  .mapTo(String.class)
                  .one();
          return new Receipt(id, made == 0);
        });
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

  private static Accepted accepted(ResultSet row) throws SQLException {
    return new Accepted(
        row.getString("id"),
        row.getString("revision"),
        row.getString("fingerprint"),
        row.getString("payload"),
        Instant.ofEpochMilli(row.getLong("received_at")),
        row.getString("app"));
  }

  @Override
  public int repeats(String fingerprint) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM findings WHERE fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint)
                .mapTo(Integer.class)
                .one());
  }
}
