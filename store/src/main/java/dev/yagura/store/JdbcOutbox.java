package dev.yagura.store;

import dev.yagura.base.RunId;
import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Alerts that wait for delivery, in a table. */
final class JdbcOutbox implements Outbox {
  private final Database database;

  JdbcOutbox(Database database) {
    this.database = database;
  }

  /** An item that cannot be read is given up with its reason, so that the others still go out. */
  @Override
  public List<Item> due(Instant now, int most) {
    Map<String, String> unreadable = new LinkedHashMap<>();
    List<Item> items = new ArrayList<>();
    database.read(
        handle -> {
          handle
              .createQuery(
                  "SELECT * FROM outbox WHERE state = 'PENDING' AND due_at <= :now"
                      + " ORDER BY due_at, created_at LIMIT :most")
              .bind("now", now.toEpochMilli())
              .bind("most", most)
              .map((row, context) -> readable(handle, row, unreadable))
              .forEach(item -> item.ifPresent(items::add));
          return items.size();
        });
    unreadable.forEach(this::failed);
    return items;
  }

  private static Optional<Item> readable(
      Handle handle, ResultSet row, Map<String, String> unreadable) throws SQLException {
    try {
      return Optional.of(item(handle, row));
    } catch (IllegalStateException | IllegalArgumentException broken) {
      unreadable.put(row.getString("effect_key"), "unreadable: " + broken.getMessage());
      return Optional.empty();
    }
  }

  /** Items that cannot be read are left out: nobody is told by them. */
  @Override
  public List<Item> of(RunId run) {
    Map<String, String> unreadable = new LinkedHashMap<>();
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM outbox WHERE run_id = :run ORDER BY created_at, effect_key")
                .bind("run", run.value())
                .map((row, context) -> readable(handle, row, unreadable))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  private static Item item(Handle handle, ResultSet row) throws SQLException {
    return item(row, Json.object(handle, row.getString("payload")));
  }

  private static Item item(ResultSet row, Value.Obj payload) throws SQLException {
    return new Item(
        row.getString("effect_key"),
        new RunId(row.getString("run_id")),
        new Effect(row.getString("kind"), payload),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("due_at")),
        row.getString("error"));
  }

  @Override
  public void delivered(String key, Instant at) {
    change(key, State.DELIVERED, at, "");
  }

  @Override
  public void hold(String key, String error, Instant until) {
    database.write(
        handle ->
            Statements.execute(
                handle,
                "UPDATE outbox SET due_at = ?, error = ? WHERE effect_key = ?",
                until.toEpochMilli(),
                error,
                key));
  }

  @Override
  public List<Item> stuck(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM outbox WHERE state <> 'DELIVERED' AND error <> ''"
                        + " ORDER BY created_at DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> shown(handle, row))
                .list());
  }

  /** One that cannot be read is shown without its payload. */
  private static Item shown(Handle handle, ResultSet row) throws SQLException {
    Optional<Item> item = readable(handle, row, new LinkedHashMap<>());
    return item.isPresent() ? item.get() : item(row, Value.EMPTY);
  }

  @Override
  public void hurry(Instant now) {
    database.write(
        handle ->
            Statements.execute(
                handle,
                "UPDATE outbox SET state = 'PENDING', attempts = 0, due_at = ?"
                    + " WHERE state <> 'DELIVERED'",
                now.toEpochMilli()));
  }

  @Override
  public Map<State, Integer> counts() {
    return database.read(
        handle -> {
          Map<State, Integer> counts = new EnumMap<>(State.class);
          handle
              .createQuery("SELECT state, COUNT(*) AS items FROM outbox GROUP BY state")
              .map((row, context) -> Map.entry(row.getString("state"), row.getInt("items")))
              .forEach(entry -> counts.put(State.valueOf(entry.getKey()), entry.getValue()));
          return counts;
        });
  }

  @Override
  public void postpone(String key, String error, Instant due) {
    change(key, State.PENDING, due, error);
  }

  @Override
  public void failed(String key, String error) {
    database.write(
        handle ->
            Statements.execute(
                handle,
                "UPDATE outbox SET state = 'FAILED', attempts = attempts + 1, error = ?"
                    + " WHERE effect_key = ?",
                error,
                key));
  }

  private void change(String key, State state, Instant due, String error) {
    database.write(
        handle ->
            Statements.execute(
                handle,
                "UPDATE outbox SET state = ?, attempts = attempts + 1, due_at = ?, error = ?"
                    + " WHERE effect_key = ?",
                state.name(),
                due.toEpochMilli(),
                error,
                key));
  }
}
