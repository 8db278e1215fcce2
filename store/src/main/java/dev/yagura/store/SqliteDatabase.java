package dev.yagura.store;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * SQLite in a folder: write-ahead log, {@code synchronous=FULL} (a commit survives the loss of
 * power), one writer thread with group commit, a few reader threads. All of them are platform
 * threads, because native code pins virtual ones (design §3b).
 */
final class SqliteDatabase implements Database, AutoCloseable {
  static final String FILE = "yagura.db";

  private static final int LOG_PAGES = 2_000;

  private final FileChannel lockFile;
  private final FileLock lock;
  private final GroupCommit writer;
  private final Readers readers;

  private SqliteDatabase(FileChannel lockFile, FileLock lock, GroupCommit writer, Readers readers) {
    this.lockFile = lockFile;
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the database of a folder, which is made when it is not there. A folder that another
   * process uses, a database of a newer version and settings that are not durable are refused.
   */
  @Boundary("whatever stops the start becomes a named failure, and the folder is free again")
  static SqliteDatabase open(Path folder) {
    try {
      makePrivate(folder);
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve("yagura.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(lockFile, folder);
      try {
        return open(folder.resolve(FILE), lockFile, lock);
      } catch (SQLException | RuntimeException failed) {
        lock.release();
        lockFile.close();
        throw StoreFailures.of(failed, folder.resolve(FILE).toString());
      }
    } catch (IOException unwritable) {
      throw Failure.user(
              "StoreUnwritable",
              folder
                  + ": cannot be written ("
                  + FileTrouble.of(unwritable)
                  + ") (expected: a writable folder)")
          .asException();
    }
  }

  /** Findings and secrets lie in the folder: a new one is for its owner alone. */
  private static void makePrivate(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private static FileLock lock(FileChannel lockFile, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException here) {
      lock = null;
    }
    if (lock == null) {
      lockFile.close();
      throw Failure.user(
              "StoreInUse",
              folder + ": another process uses this folder (expected: one server per folder)")
          .asException();
    }
    return lock;
  }

  @Boundary("a connection that is refused is closed and the refusal goes on")
  private static SqliteDatabase open(Path file, FileChannel lockFile, FileLock lock)
      throws SQLException {
    String url = "jdbc:sqlite:" + file.toAbsolutePath();
    Migrations.migrate(url, settings());
    Connection connection = DriverManager.getConnection(url, settings());
    try {
      keepLongLog(connection);
      Durability.check(connection);
    } catch (SQLException | RuntimeException refused) {
      connection.close();
      throw refused;
    }
    Readers readers = Readers.open(url, settings());
    return new SqliteDatabase(
        lockFile, lock, new GroupCommit(Jdbi.open(connection), file), readers);
  }

  /**
   * Pages that many runs touch go from the log to the database once instead of many times. A longer
   * log makes runs faster, and each checkpoint, for which all wait, longer: docs/benchmarks.md. The
   * log has 8 MB.
   */
  private static void keepLongLog(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
    }
  }

  private static Properties settings() {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    config.enforceForeignKeys(true);
    // Nobody asks for them, and the driver looks them up after each statement.
    config.setGetGeneratedKeys(false);
    return config.toProperties();
  }

  @Override
  public <T> T write(Work<T> work) {
    return writer.write(work);
  }

  @Override
  public <T> T read(Work<T> work) {
    return readers.read(work);
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    if (!writer.isClosed()) {
      return;
    }
    try {
      lock.release();
      lockFile.close();
    } catch (IOException closing) {
      throw StoreFailures.of(closing, "closing the store");
    }
  }
}
