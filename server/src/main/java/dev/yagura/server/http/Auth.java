package dev.yagura.server.http;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import dev.yagura.server.app.Apps;
import dev.yagura.server.app.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a request comes from, by its key (dify-contract §4.1). */
final class Auth {
  private final Keys keys;
  private final Apps apps;
  private final Secret admin;

  /**
   * @param admin the token of the data folder
   */
  Auth(Keys keys, Apps apps, Secret admin) {
    this.keys = keys;
    this.apps = apps;
    this.admin = admin;
  }

  /** The caller; a FlowException {@code unauthorized} or {@code forbidden} where it may not. */
  Caller check(Permission permission, @Nullable String header) {
    if (permission == Permission.PUBLIC) {
      return new Caller(null);
    }
    String token = token(header);
    if (permission == Permission.ADMIN) {
      return admin(token);
    }
    Optional<Keys.ApiKey> key = keys.find(token);
    boolean opensKnowledge = key.isPresent() && key.get().kind() == Keys.Kind.DATASET;
    if (key.isEmpty() || opensKnowledge != (permission == Permission.DATASET)) {
      throw invalid();
    }
    if (opensKnowledge) {
      return new Caller(null);
    }
    if (key.get().kind() == Keys.Kind.INTAKE) {
      if (permission == Permission.INTAKE) {
        return new Caller(null);
      }
      throw Failure.user(
              "forbidden",
              "an intake key opens POST /v1/findings only (expected: the key of an app)")
          .asException();
    }
    return new Caller(
        apps.find(key.get().app())
            .orElseThrow(
                () -> Failure.user("forbidden", "The app no longer exists.").asException()));
  }

  private Caller admin(String token) {
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    byte[] right = admin.reveal().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, right)) {
      throw invalid();
    }
    return new Caller(null);
  }

  private static FlowException invalid() {
    return Failure.user("unauthorized", "Access token is invalid").asException();
  }

  private static String token(@Nullable String header) {
    int blank = header == null ? -1 : header.indexOf(' ');
    if (header == null || blank < 0) {
      throw Failure.user(
              "unauthorized", "Authorization header must be provided and start with 'Bearer'")
          .asException();
    }
    if (!header.substring(0, blank).equalsIgnoreCase("bearer")) {
      throw Failure.user("unauthorized", "Authorization scheme must be 'Bearer'").asException();
    }
    return header.substring(blank + 1).strip();
  }
}
