package dev.yagura.store;

import dev.yagura.run.FindingStore;
import java.time.Instant;
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
              handle.execute(
                  "INSERT INTO findings (id, revision, fingerprint, payload, received_at)"
                      + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (revision) DO NOTHING",
                  finding.id(),
                  finding.revision(),
                  finding.fingerprint(),
                  finding.payload(),
                  finding.at().toEpochMilli());
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
                .map(
                    (row, context) ->
                        new Accepted(
                            row.getString("id"),
                            row.getString("revision"),
                            row.getString("fingerprint"),
                            row.getString("payload"),
                            Instant.ofEpochMilli(row.getLong("received_at"))))
                .findOne());
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
