package dev.yagura.store;

import dev.yagura.base.RunId;
import dev.yagura.run.Entry;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Rows of the outbox; an effect whose key is there already is left alone. */
final class OutboxRows {
  private OutboxRows() {}

  static void insert(
      Handle handle, Entry.KeyedEffect effect, RunId run, String payload, Instant at) {
    Statements.execute(
        handle,
        "INSERT INTO outbox (effect_key, run_id, kind, payload, state, attempts, due_at, error,"
            + " created_at) VALUES (?, ?, ?, ?, 'PENDING', 0, ?, '', ?)"
            + " ON CONFLICT (effect_key) DO NOTHING",
        effect.key(),
        run.value(),
        effect.effect().kind(),
        payload,
        at.toEpochMilli(),
        at.toEpochMilli());
  }
}
