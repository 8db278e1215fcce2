package dev.yagura.connect.intake;

import dev.yagura.base.Problem;
import java.util.List;

/**
 * What became of a message.
 *
 * @param fresh how many things of it are kept that were not known before
 * @param duplicates how many were kept already
 * @param refused a problem for each part that nobody can use, now or later
 */
public record Taken(int fresh, int duplicates, List<Problem> refused) {
  public Taken {
    refused = List.copyOf(refused);
  }

  /** Everything that is in it is kept. */
  public boolean isWhole() {
    return refused.isEmpty();
  }

  /** How many parts it had. */
  public int parts() {
    return fresh + duplicates + refused.size();
  }
}
