/** The ports of {@code run} over JDBC: SQL that SQLite and PostgreSQL both know. */
@NullMarked
package dev.yagura.store;

import org.jspecify.annotations.NullMarked;
