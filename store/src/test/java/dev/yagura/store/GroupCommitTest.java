package dev.yagura.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.FlowException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  @TempDir Path folder;

  @Test
  void work_that_ends_in_an_error_of_the_machine_leaves_the_writer_at_work() {
    try (SqliteDatabase database = SqliteDatabase.open(folder)) {
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        throw new OutOfMemoryError("as if");
                      }))
          .isInstanceOf(FlowException.class)
          .hasMessageContaining("as if");
      assertThat(
              database.<Integer>write(
                  handle ->
                      Statements.execute(
                          handle,
                          "INSERT INTO workflows (id, dsl, created_at) VALUES (?, ?, ?)",
                          "a",
                          "b",
                          1L)))
          .isEqualTo(1);
    }
  }
}
