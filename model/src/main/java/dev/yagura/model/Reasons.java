package dev.yagura.model;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an exception of a library says to people: never the name of its class. */
public final class Reasons {
  private static final int LONGEST = 500;

  /** The beginning of {@code Throwable.toString()}, which libraries pass on as a message. */
  private static final Pattern CLASS =
      Pattern.compile("(?:[a-z][a-z0-9]{0,30}\\.){1,9}[A-Z]\\w{0,60}(?:Exception|Error)(: )?");

  private Reasons() {}

  /** At most 500 characters. */
  public static String of(Throwable failed) {
    // The innermost cause knows most: the one around an unknown host says that nobody listens.
    String best = null;
    Throwable at = failed;
    for (int depth = 0; at != null && depth < 20; depth++) {
      String known = known(at);
      best = known == null ? best : known;
      at = at.getCause();
    }
    if (best != null) {
      return best;
    }
    String said = CLASS.matcher(String.valueOf(failed.getMessage())).replaceAll("").strip();
    return said.isEmpty() || said.equals("null") ? "no reason is given" : cut(said);
  }

  private static @Nullable String known(Throwable failed) {
    return switch (failed) {
      case UnknownHostException unknown -> "the name of the host cannot be resolved";
      case UnresolvedAddressException unknown -> "the name of the host cannot be resolved";
      case HttpConnectTimeoutException late -> "no connection in time";
      case ConnectException refused -> "nobody listens there";
      case SSLException tls -> cut("TLS failed: " + tls.getMessage());
      case SocketException broken -> "the connection broke off";
      default -> null;
    };
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
