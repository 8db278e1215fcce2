package dev.yagura.store;

import org.jdbi.v3.core.Handle;

/** A database with transactions. Work that throws has changed nothing. */
interface Database {
  /** Work inside a transaction. It may be done twice: it changes nothing but the database. */
  interface Work<T> {
    T in(Handle handle);
  }

  /** Runs the work and returns when it is durable. */
  <T> T write(Work<T> work);

  /** Runs work that only reads. */
  <T> T read(Work<T> work);
}
