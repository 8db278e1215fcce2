package dev.yagura.store;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings the schema to this version. A schema that is newer, changed or half-done stops the start.
 */
final class Migrations {
  private Migrations() {}

  static void migrate(String url, Properties settings) throws SQLException {
    try (var connection = DriverManager.getConnection(url, settings)) {
      Durability.check(connection);
    }
    Map<String, String> properties = new HashMap<>();
    settings.forEach((name, value) -> properties.put(String.valueOf(name), String.valueOf(value)));
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, null, null)
            .jdbcProperties(properties)
            .locations("classpath:db/migration")
            .ignoreMigrationPatterns(new String[0])
            .validateOnMigrate(true)
            .load();
    try {
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException broken) {
      throw new FlowException(
          Failure.user(
              "StoreMigration",
              "the database cannot be brought to this version: " + broken.getMessage()),
          broken);
    }
  }

  private static void refuseNewer(Flyway flyway) {
    for (MigrationInfo applied : flyway.info().applied()) {
      if (applied.getState().name().startsWith("FUTURE")) {
        throw Failure.user(
                "StoreNewer",
                "the database is of a newer version (schema "
                    + applied.getVersion()
                    + ") (expected: at most "
                    + newestKnown(flyway)
                    + "); start the version of Yagura that made it")
            .asException();
      }
    }
  }

  private static String newestKnown(Flyway flyway) {
    String newest = "none";
    for (MigrationInfo known : flyway.info().all()) {
      if (!known.getState().name().startsWith("FUTURE")) {
        newest = String.valueOf(known.getVersion());
      }
    }
    return newest;
  }
}
