package dev.yagura.store;

import dev.yagura.base.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asserts that a commit survives the loss of power. Killing the process cannot tell a database that
 * is durable from one that is not, so the settings themselves are looked at.
 */
final class Durability {
  private static final int FULL = 2;

  private Durability() {}

  static void check(Connection connection) throws SQLException {
    String journal = pragma(connection, "journal_mode");
    String synchronous = pragma(connection, "synchronous");
    if (!journal.equalsIgnoreCase("wal") || Integer.parseInt(synchronous) < FULL) {
      throw Failure.internal(
              "StoreNotDurable",
              "journal_mode=" + journal + ", synchronous=" + synchronous + " (expected: wal, 2)")
          .asException();
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + name)) {
      result.next();
      return result.getString(1);
    }
  }
}
