package dev.yagura.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a connection that stay prepared. The writer executes the same few thousands of
 * times a second; what Jdbi does for each of them costs more than the statement.
 */
public final class Statements implements JdbiConfig<Statements> {
  private static final int MOST = 64;

  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

  /** The same one: the statements belong to the connection. */
  @Override
  public Statements createCopy() {
    return this;
  }

  /** Executes a statement that changes rows; gives how many it changed. */
  static int execute(Handle handle, String sql, @Nullable Object... arguments) {
    Statements statements = handle.getConfig(Statements.class);
    try {
      PreparedStatement statement = statements.statement(handle, sql);
      for (int i = 0; i < arguments.length; i++) {
        bind(statement, i + 1, arguments[i]);
      }
      return statement.executeUpdate();
    } catch (SQLException failed) {
      statements.forget(sql);
      throw new UnableToExecuteStatementException(failed, null);
    }
  }

  private PreparedStatement statement(Handle handle, String sql) throws SQLException {
    PreparedStatement known = kept.get(sql);
    if (known != null) {
      return known;
    }
    if (kept.size() == MOST) {
      forget(kept.keySet().iterator().next());
    }
    PreparedStatement fresh = handle.getConnection().prepareStatement(sql);
    kept.put(sql, fresh);
    return fresh;
  }

  /** One that has failed is in a state of its own, too. */
  private void forget(String sql) {
    PreparedStatement gone = kept.remove(sql);
    if (gone != null) {
      try {
        gone.close();
      } catch (SQLException closed) {
        // The connection frees what is left of it at its end.
        return;
      }
    }
  }

  private static void bind(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(at, Types.VARCHAR);
      case String text -> statement.setString(at, text);
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setInt(at, number);
      default -> throw new IllegalArgumentException("cannot be bound: " + value.getClass());
    }
  }
}
