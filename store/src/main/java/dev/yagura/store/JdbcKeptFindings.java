package dev.yagura.store;

import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.run.KeptFindings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the findings' table by app. */
final class JdbcKeptFindings implements KeptFindings {
  /** From the beginning to the same with the greatest character after it. */
  private static final String RANGE = " FROM findings WHERE app >= :from AND app < :to ";

  private final Database database;

  JdbcKeptFindings(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Integer> counts(String beginning) {
    return database.read(
        handle -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          handle
              .createQuery("SELECT app, COUNT(*) AS number" + RANGE + "GROUP BY app ORDER BY app")
              .bind("from", beginning)
              .bind("to", beginning + '\uffff')
              .map((row, context) -> Map.entry(row.getString("app"), row.getInt("number")))
              .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
          return counts;
        });
  }

  @Override
  public List<Accepted> last(String beginning, int most) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT *" + RANGE + "ORDER BY received_at DESC LIMIT :most")
                .bind("from", beginning)
                .bind("to", beginning + '\uffff')
                .bind("most", most)
                .map((row, context) -> JdbcFindingStore.accepted(row))
                .list());
  }
}
