package dev.yagura.store;

import dev.yagura.run.RecordStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Documents of configuration in a table. */
final class JdbcRecords implements RecordStore {
  private final Database database;
  private final InstantSource clock;

  JdbcRecords(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void put(String kind, String id, String body) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO records (kind, id, body, changed_at) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body,"
                    + " changed_at = excluded.changed_at",
                kind,
                id,
                body,
                clock.millis()));
  }

  @Override
  public Optional<Item> find(String kind, String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM records WHERE kind = :kind AND id = :id")
                .bind("kind", kind)
                .bind("id", id)
                .map((row, context) -> item(row))
                .findOne());
  }

  @Override
  public List<Item> list(String kind) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM records WHERE kind = :kind ORDER BY id")
                .bind("kind", kind)
                .map((row, context) -> item(row))
                .list());
  }

  private static Item item(ResultSet row) throws SQLException {
    return new Item(
        row.getString("kind"),
        row.getString("id"),
        row.getString("body"),
        Instant.ofEpochMilli(row.getLong("changed_at")));
  }

  @Override
  public boolean delete(String kind, String id) {
    return database.write(
            handle -> handle.execute("DELETE FROM records WHERE kind = ? AND id = ?", kind, id))
        > 0;
  }
}
