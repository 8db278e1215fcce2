package dev.yagura.run;

/**
 * Who asked for a run.
 *
 * @param app whose workflow it is, or empty
 * @param user the caller's name for its user (Dify's session id), or empty
 * @param source for example {@code service-api} or {@code finding}
 * @param key the caller's idempotency key, or empty; unique within the app
 */
public record Origin(String app, String user, String source, String key) {
  public static final Origin NONE = new Origin("", "", "", "");
}
