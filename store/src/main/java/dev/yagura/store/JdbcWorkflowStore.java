package dev.yagura.store;

import dev.yagura.run.WorkflowStore;
import java.time.InstantSource;
import java.util.Optional;

/** Texts of workflow files in a table, by the SHA-256 of the text. */
final class JdbcWorkflowStore implements WorkflowStore {
  private final Database database;
  private final InstantSource clock;

  JdbcWorkflowStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public String keep(String dsl) {
    String id = JdbcBlobs.sha256(dsl);
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO workflows (id, dsl, created_at) VALUES (?, ?, ?)"
                    + " ON CONFLICT (id) DO NOTHING",
                id,
                dsl,
                clock.millis()));
    return id;
  }

  @Override
  public Optional<String> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT dsl FROM workflows WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void forget(String id) {
    database.write(handle -> handle.execute("DELETE FROM workflows WHERE id = ?", id));
  }
}
