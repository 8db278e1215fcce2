package dev.yagura.store;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Makes named failures of what the database says. The one place where vendor codes are known. */
final class StoreFailures {
  private StoreFailures() {}

  /**
   * The failure for an exception from JDBC or around it; an exception that is ours already stays as
   * it is.
   */
  static RuntimeException of(Throwable given, String where) {
    Throwable inside = given instanceof ExecutionException ? given.getCause() : null;
    Throwable thrown = inside == null ? given : inside;
    if (thrown instanceof FlowException || thrown instanceof IllegalStateException) {
      return (RuntimeException) thrown;
    }
    SQLException sql = cause(thrown);
    String message = sql == null ? String.valueOf(thrown.getMessage()) : sql.getMessage();
    int code = sql == null ? -1 : sql.getErrorCode() & 0xff;
    Failure failure =
        switch (code) {
          case 13 ->
              new Failure(
                  Failure.Kind.LIMIT,
                  "StoreFull",
                  where + ": the disk is full; nothing was stored (expected: free space)",
                  true,
                  Map.of());
          case 11, 26 ->
              Failure.user(
                  "StoreCorrupt",
                  where + ": this is no usable database (" + message + "); restore a backup");
          case 8, 14 ->
              Failure.user(
                  "StoreUnwritable",
                  where + ": cannot be written (" + message + ") (expected: a writable folder)");
          default -> Failure.internal("StoreError", where + ": " + message);
        };
    return new FlowException(failure, thrown);
  }

  private static @Nullable SQLException cause(Throwable thrown) {
    Throwable at = thrown;
    while (at != null) {
      if (at instanceof SQLException sql) {
        return sql;
      }
      at = at.getCause();
    }
    return null;
  }
}
