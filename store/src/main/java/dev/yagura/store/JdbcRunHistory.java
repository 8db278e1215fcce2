package dev.yagura.store;

import dev.yagura.run.RunHistory;
import dev.yagura.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs by what is known of them. */
final class JdbcRunHistory implements RunHistory {
  private final Database database;

  JdbcRunHistory(Database database) {
    this.database = database;
  }

  @Override
  public Page find(RunHistory.Query query) {
    List<String> conditions = new ArrayList<>(List.of("app = :app"));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("app", query.app());
    if (!query.status().isEmpty()) {
      conditions.add("status = :status");
      values.put("status", query.status());
    }
    if (!query.user().isEmpty()) {
      conditions.add("user_id = :user");
      values.put("user", query.user());
    }
    if (query.after() != null) {
      conditions.add("created_at >= :after");
      values.put("after", query.after().toEpochMilli());
    }
    if (query.before() != null) {
      conditions.add("created_at <= :before");
      values.put("before", query.before().toEpochMilli());
    }
    if (!query.keyword().isEmpty()) {
      conditions.add(
          "EXISTS (SELECT 1 FROM journal WHERE run_id = runs.id"
              + " AND events LIKE :keyword ESCAPE '!')");
      values.put("keyword", "%" + query.keyword().replaceAll("([!%_])", "!$1") + "%");
    }
    String where = " FROM runs WHERE " + String.join(" AND ", conditions);
    return database.read(
        handle -> {
          var count = handle.createQuery("SELECT COUNT(*)" + where);
          values.forEach(count::bind);
          var rows =
              handle
                  .createQuery(
                      "SELECT *"
                          + where
                          + " ORDER BY created_at DESC, id LIMIT :limit OFFSET :skip")
                  .bind("limit", query.limit())
                  .bind("skip", (query.page() - 1) * query.limit());
          values.forEach(rows::bind);
          List<RunRecord> runs = rows.map((row, context) -> JdbcRunJournal.record(row)).list();
          return new Page(runs, count.mapTo(Integer.class).one());
        });
  }

  @Override
  public Optional<RunRecord> withKey(String app, String key) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM runs WHERE app = :app AND idempotency_key = :key")
                .bind("app", app)
                .bind("key", key)
                .map((row, context) -> JdbcRunJournal.record(row))
                .findOne());
  }
}
