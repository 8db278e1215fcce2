package dev.yagura.knowledge;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document of a knowledge base. While a newer file of it is worked on, the segments of the one
 * before are found.
 *
 * @param hash SHA-256 of the file that is served, or of the first one while it is worked on
 * @param generation of the segments that are served; 0 where none are yet
 * @param error why the newest file could not be used, or empty
 * @param note what people should know, or empty
 */
public record Document(
    String id,
    String base,
    String name,
    String hash,
    int generation,
    State state,
    String error,
    String note,
    Settings settings,
    Counts counts,
    Instant addedAt,
    Instant changedAt) {
  /** Where the work on it is (dify-contract §5.5). Ends as COMPLETED or FAILED. */
  public enum State {
    WAITING,
    PARSING,
    SPLITTING,
    INDEXING,
    PAUSED,
    COMPLETED,
    FAILED;

    public boolean isFinal() {
      return this == COMPLETED || this == FAILED;
    }
  }

  /**
   * @param kind the extension that says how the file is read
   * @param language of generated questions and answers, in English, for example {@code Japanese}
   * @param metadata by the names of the base's fields: text, or a number
   * @param enabled whether it is found
   * @param budget most US dollars that making questions may cost; 0 for no limit
   */
  public record Settings(
      String kind,
      DocumentForm form,
      String language,
      ProcessRule rule,
      Map<String, Object> metadata,
      boolean enabled,
      boolean archived,
      String source,
      String batch,
      double budget) {
    public Settings {
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    public static Settings of(String kind, DocumentForm form, String language, ProcessRule rule) {
      return new Settings(kind, form, language, rule, Map.of(), true, false, "upload", "", 0);
    }

    public Settings with(Map<String, Object> others) {
      return new Settings(
          kind, form, language, rule, others, enabled, archived, source, batch, budget);
    }

    public Settings found(boolean on, boolean away) {
      return new Settings(kind, form, language, rule, metadata, on, away, source, batch, budget);
    }

    public Settings from(String origin, String number) {
      return new Settings(
          kind, form, language, rule, metadata, enabled, archived, origin, number, budget);
    }

    public Settings spending(double most) {
      return new Settings(
          kind, form, language, rule, metadata, enabled, archived, source, batch, most);
    }

    /** The same work on the same file gives the same segments. */
    public boolean sameWork(Settings other) {
      return kind.equals(other.kind)
          && form == other.form
          && language.equals(other.language)
          && rule.equals(other.rule);
    }
  }

  /**
   * What the work came to so far.
   *
   * @param total segments of the newest file; for questions and answers, the parts that are asked
   *     about
   * @param done those of them that are finished
   * @param tokens that models counted
   * @param cost of them in US dollars, by the prices that are known
   */
  public record Counts(
      int segments, int characters, int total, int done, long tokens, double cost) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(long moreTokens, double moreCost) {
      return new Counts(segments, characters, total, done, tokens + moreTokens, cost + moreCost);
    }

    public Counts progress(int all, int finished) {
      return new Counts(segments, characters, all, finished, tokens, cost);
    }

    public Counts served(int all, int length) {
      return new Counts(all, length, total, done, tokens, cost);
    }
  }

  public boolean isIndexed() {
    return state == State.COMPLETED;
  }

  /** Whether its segments may be found. */
  public boolean isServed() {
    return generation > 0 && settings.enabled() && !settings.archived();
  }

  public Document to(State next, String why, Instant now) {
    return new Document(
        id, base, name, hash, generation, next, why, note, settings, counts, addedAt, now);
  }

  public Document with(Counts others) {
    return new Document(
        id, base, name, hash, generation, state, error, note, settings, others, addedAt, changedAt);
  }

  public Document with(Settings others, Instant now) {
    return new Document(
        id, base, name, hash, generation, state, error, note, others, counts, addedAt, now);
  }

  /** Changed at this time, and nothing else. */
  public Document at(Instant now) {
    return named(name, now);
  }

  public Document noting(String words) {
    return new Document(
        id,
        base,
        name,
        hash,
        generation,
        state,
        error,
        words,
        settings,
        counts,
        addedAt,
        changedAt);
  }

  public Document named(String other, Instant now) {
    return new Document(
        id, base, other, hash, generation, state, error, note, settings, counts, addedAt, now);
  }

  /** From now on the segments of this generation are served. */
  public Document serving(int newer, String fileHash, Instant now) {
    return new Document(
        id, base, name, fileHash, newer, State.COMPLETED, "", note, settings, counts, addedAt, now);
  }
}
