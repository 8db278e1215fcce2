package dev.yagura.store;

import dev.yagura.base.RunId;
import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Alerts that wait for delivery, in a table. */
final class JdbcOutbox implements Outbox {
  private static final String HURRY =
      "UPDATE outbox SET state = 'PENDING', attempts = 0, due_at = ? WHERE state <> 'DELIVERED'";

  private final Database database;

  JdbcOutbox(Database database) {
    this.database = database;
  }

  @Override
  public List<Item> unrouted(Instant now, int most) {
    return due("", "%", now, most);
  }

  @Override
  public List<Item> due(String channel, String kind, Instant now, int most) {
    String same = kind.equals("%") ? "" : " AND kind = :kind";
    return items(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "SELECT * FROM outbox WHERE state = 'PENDING' AND channel = :channel"
                          + same
                          + " AND due_at <= :now ORDER BY weight DESC, created_at LIMIT :most")
                  .bind("channel", channel)
                  .bind("now", now.toEpochMilli())
                  .bind("most", most);
          return same.isEmpty() ? query : query.bind("kind", kind);
        });
  }

  /** An item that cannot be read is given up with its reason, so that the others still go out. */
  private List<Item> items(Function<Handle, Query> query) {
    Map<String, String> unreadable = new LinkedHashMap<>();
    List<Item> items =
        database.read(
            handle ->
                query
                    .apply(handle)
                    .map((row, context) -> readable(handle, row, unreadable))
                    .list()
                    .stream()
                    .flatMap(Optional::stream)
                    .toList());
    unreadable.forEach((key, error) -> failed(List.of(key), error));
    return items;
  }

  @Override
  public void route(List<Route> routes) {
    database.write(
        handle -> {
          int made = 0;
          for (Route route : routes) {
            for (Stop further : route.stops().subList(1, route.stops().size())) {
              made += copy(handle, route, further);
            }
            made +=
                Statements.execute(
                    handle,
                    "UPDATE outbox SET channel = ?, weight = ?, due_at = ?"
                        + " WHERE effect_key = ? AND channel = ''",
                    route.stops().getFirst().channel(),
                    route.weight(),
                    route.stops().getFirst().due().toEpochMilli(),
                    route.key());
          }
          return made;
        });
  }

  private static int copy(Handle handle, Route route, Stop stop) {
    return Statements.execute(
        handle,
        "INSERT INTO outbox (effect_key, run_id, kind, payload, state, attempts, due_at, error,"
            + " created_at, channel, weight) SELECT effect_key || '>' || ?, run_id, kind, payload,"
            + " state, attempts, ?, error, created_at, ?, ? FROM outbox WHERE effect_key = ?"
            + " AND channel = '' ON CONFLICT (effect_key) DO NOTHING",
        stop.channel(),
        stop.due().toEpochMilli(),
        stop.channel(),
        route.weight(),
        route.key());
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
        row.getString("error"),
        row.getString("channel"),
        row.getString("message"),
        row.getString("posted"));
  }

  @Override
  public void sending(Collection<String> keys, String message, Instant until) {
    each(
        keys,
        "UPDATE outbox SET error = ?, message = ?, due_at = ? WHERE effect_key = ?",
        SENDING,
        message,
        until.toEpochMilli());
  }

  @Override
  public void delivered(Collection<String> keys, String posted, Instant at) {
    each(
        keys,
        "UPDATE outbox SET state = 'DELIVERED', attempts = attempts + 1, due_at = ?, error = '',"
            + " posted = ? WHERE effect_key = ?",
        at.toEpochMilli(),
        posted);
  }

  @Override
  public void hold(Collection<String> keys, String error, Instant until) {
    each(
        keys,
        "UPDATE outbox SET due_at = ?, error = ? WHERE effect_key = ?",
        until.toEpochMilli(),
        error);
  }

  @Override
  public void postpone(Collection<String> keys, String error, Instant due) {
    each(
        keys,
        "UPDATE outbox SET state = 'PENDING', attempts = attempts + 1, due_at = ?, error = ?"
            + " WHERE effect_key = ?",
        due.toEpochMilli(),
        error);
  }

  @Override
  public void failed(Collection<String> keys, String error) {
    each(
        keys,
        "UPDATE outbox SET state = 'FAILED', attempts = attempts + 1, error = ?"
            + " WHERE effect_key = ?",
        error);
  }

  /** The same for all, in one transaction; the key is the last argument. */
  private void each(Collection<String> keys, String sql, Object... arguments) {
    database.write(
        handle -> {
          int changed = 0;
          Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
          for (String key : keys) {
            all[arguments.length] = key;
            changed += Statements.execute(handle, sql, all);
          }
          return changed;
        });
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
  public void hurry(String channel, Instant now) {
    database.write(
        handle ->
            Statements.execute(handle, HURRY + " AND channel = ?", now.toEpochMilli(), channel));
  }

  @Override
  public boolean hurryOne(String key, Instant now) {
    return database.write(
            handle ->
                Statements.execute(handle, HURRY + " AND effect_key = ?", now.toEpochMilli(), key))
        > 0;
  }

  @Override
  public void unroute(String channel, Instant now) {
    database.write(
        handle -> {
          int copies =
              handle.execute(
                  "DELETE FROM outbox WHERE state <> 'DELIVERED' AND channel = ?"
                      + " AND effect_key LIKE '%>' || channel",
                  channel);
          return copies
              + Statements.execute(
                  handle,
                  "UPDATE outbox SET state = 'PENDING', attempts = 0, due_at = ?, channel = '',"
                      + " message = '' WHERE state <> 'DELIVERED' AND channel = ?",
                  now.toEpochMilli(),
                  channel);
        });
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
  public Map<String, Integer> waiting() {
    return database.read(
        handle -> {
          Map<String, Integer> waiting = new TreeMap<>();
          handle
              .createQuery(
                  "SELECT channel, COUNT(*) AS items FROM outbox WHERE state = 'PENDING'"
                      + " GROUP BY channel")
              .map((row, context) -> Map.entry(row.getString("channel"), row.getInt("items")))
              .forEach(entry -> waiting.put(entry.getKey(), entry.getValue()));
          return waiting;
        });
  }
}
