package dev.yagura.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.RecordStore;
import dev.yagura.run.Retention;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunJournal;
import dev.yagura.run.RunRecord;
import dev.yagura.run.WorkflowStore;
import dev.yagura.run.testkit.StoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected RunJournal journal() {
    return store.journal();
  }

  @Override
  protected Outbox outbox() {
    return store.outbox();
  }

  @Override
  protected WorkflowStore workflows() {
    return store.workflows();
  }

  @Override
  protected FindingStore findings() {
    return store.findings();
  }

  @Override
  protected Retention retention() {
    return store.retention();
  }

  @Override
  protected RunHistory history() {
    return store.history();
  }

  @Override
  protected RecordStore records() {
    return store.records();
  }

  private long count(String table) {
    return store
        .database()
        .read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  @Test
  void the_writer_is_durable_against_the_loss_of_power() {
    List<String> settings =
        store
            .database()
            .write(
                handle ->
                    List.of(
                        handle.createQuery("PRAGMA journal_mode").mapTo(String.class).one(),
                        handle.createQuery("PRAGMA synchronous").mapTo(String.class).one()));
    assertThat(settings).containsExactly("wal", "2");
  }

  @Test
  void settings_that_are_not_durable_are_refused() throws Exception {
    try (var connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("other.db"))) {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=NORMAL");
      }
      assertThatThrownBy(() -> Durability.check(connection))
          .hasMessageContaining("synchronous=1 (expected: wal, 2)");
    }
  }

  @Test
  void everything_is_there_after_a_restart() {
    RunId run = new RunId(UUID.randomUUID().toString());
    Entry entry =
        new Entry(
            1,
            NOW,
            List.of(new RunEvent.RunStarted(1, RunInput.of(Value.object("x", "y".repeat(9_000))))),
            List.of());
    journal().create(new RunRecord(run, "w", RunStatus.RUNNING, NOW, null), entry);
    store.close();
    open();
    assertThat(journal().read(run)).containsExactly(entry);
  }

  @Test
  void a_large_text_is_kept_once_and_goes_with_the_last_run_that_names_it() {
    for (int i = 0; i < 3; i++) {
      RunId run = new RunId(UUID.randomUUID().toString());
      Entry first =
          new Entry(
              1,
              NOW,
              List.of(
                  new RunEvent.RunStarted(
                      1,
                      RunInput.of(Value.object("a", "z".repeat(9_000), "b", "z".repeat(9_000))))),
              List.of());
      journal().create(new RunRecord(run, "w", RunStatus.RUNNING, NOW, null), first);
      journal()
          .append(
              run,
              new Entry(
                  2,
                  NOW,
                  List.of(new RunEvent.RunFinished(RunStatus.SUCCEEDED, Value.EMPTY, "", null)),
                  List.of()));
    }
    assertThat(count("blobs")).isEqualTo(1);
    assertThat(retention().deleteOldest(2)).isEqualTo(2);
    assertThat(count("blobs")).isEqualTo(1);
    assertThat(retention().deleteOldest(2)).isEqualTo(1);
    assertThat(count("blobs")).isZero();
  }

  @Test
  void a_piece_of_work_that_fails_takes_nothing_of_the_others_with_it() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () ->
                    store
                        .database()
                        .write(
                            handle -> {
                              handle.execute(
                                  "INSERT INTO blobs (id, body) VALUES (?, '')", "b" + number);
                              if (number % 3 == 0) {
                                throw new IllegalStateException("refused");
                              }
                              return 0;
                            })));
      }
      int refused = 0;
      for (Future<?> future : futures) {
        try {
          future.get();
        } catch (ExecutionException failed) {
          assertThat(failed.getCause()).hasMessage("refused");
          refused++;
        }
      }
      assertThat(refused).isEqualTo(67);
    }
    assertThat(count("blobs")).isEqualTo(133);
  }

  @Test
  void a_second_process_is_kept_out_of_the_folder() {
    assertThatThrownBy(() -> Store.open(folder, InstantSource.system()))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining("another process uses this folder");
  }

  @Test
  void a_database_of_a_newer_version_is_refused_and_not_touched() throws Exception {
    store.close();
    String url = "jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) VALUES (99, '999', 'later',"
              + " 'SQL', 'V999__later.sql', 1, 'x', 1, 1)");
    }
    assertThatThrownBy(() -> Store.open(folder, InstantSource.system()))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining(
            "the database is of a newer version (schema 999) (expected: at most 4)");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM flyway_schema_history WHERE version = '999'");
    }
    open();
  }

  @Test
  void a_changed_migration_stops_the_start() throws Exception {
    store.close();
    String url = "jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");
    }
    assertThatThrownBy(() -> Store.open(folder, InstantSource.system()))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining("cannot be brought to this version");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE version = '1'");
    }
    open();
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve(SqliteDatabase.FILE), "this is no database".repeat(1000));
    assertThatThrownBy(() -> Store.open(other, InstantSource.system()))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining("no usable database");
  }

  @Test
  void a_full_disk_is_named_and_leaves_nothing_half_stored() {
    RunId run = new RunId(UUID.randomUUID().toString());
    journal()
        .create(
            new RunRecord(run, "w", RunStatus.RUNNING, NOW, null),
            new Entry(1, NOW, List.of(new RunEvent.NodeSkipped(Address.root("a"))), List.of()));
    long pages =
        store
            .database()
            .write(handle -> handle.createQuery("PRAGMA page_count").mapTo(Long.class).one());
    store
        .database()
        .write(
            handle ->
                handle
                    .createQuery("PRAGMA max_page_count = " + (pages + 4))
                    .mapTo(Long.class)
                    .one());
    String big = "unique ".repeat(20_000);
    Entry second =
        new Entry(
            2,
            NOW,
            List.of(
                new RunEvent.NodeSucceeded(
                    Address.root("a"),
                    1,
                    Value.object("x", big),
                    null,
                    List.of(),
                    List.of(),
                    Value.EMPTY)),
            List.of());
    assertThatThrownBy(() -> journal().append(run, second))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining("the disk is full; nothing was stored");
    assertThat(journal().read(run)).hasSize(1);
    store
        .database()
        .write(
            handle ->
                handle.createQuery("PRAGMA max_page_count = 1000000").mapTo(Long.class).one());
    journal().append(run, second);
    assertThat(journal().read(run)).hasSize(2);
  }
}
