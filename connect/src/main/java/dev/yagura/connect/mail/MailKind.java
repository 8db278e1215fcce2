package dev.yagura.connect.mail;

import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.mail.SmtpServer.Security;
import dev.yagura.egress.EgressClient;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** E-mail. The server is the administrator's choice; it may stand in a private network. */
public final class MailKind implements ChannelKind {
  /** Most addresses of a channel. */
  static final int MOST = 50;

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration TOTAL = Duration.ofSeconds(40);

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String doc() {
    return "Mail to a list of people by a mail server of yours (SMTP).";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("host", "Mail server, like smtp.example.com", false, true),
        new Field("port", "Its port; default: 587, or 465 with security=tls", false, false),
        new Field("security", "starttls (default), tls, or none", false, false),
        new Field("user", "Name to sign in with; none where it is left out", false, false),
        new Field("password", "Password of the user", true, false),
        new Field("from", "Address that mails come from", false, true),
        new Field("to", "Addresses, separated by commas", false, true));
  }

  @Override
  public Channel open(Settings settings, EgressClient egress) {
    return new MailChannel(
        server(settings), from(settings), addresses("to", settings), InstantSource.system());
  }

  static SmtpServer server(Settings settings) {
    String host = settings.text("host");
    if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
      throw invalid("host: '" + host + "' (expected: a name like smtp.example.com)");
    }
    Security security = security(settings.text("security"));
    int port = port(settings.text("port"), security);
    if (security == Security.NONE && !settings.standsIn().test("smtp://" + host + ":" + port)) {
      throw invalid(
          "security: none sends alerts in the clear (expected: starttls or tls, or the host in"
              + " egress.allow)");
    }
    String user = settings.text("user");
    Secret password = settings.secrets().getOrDefault("password", new Secret(""));
    if (user.isEmpty() != password.reveal().isEmpty()) {
      throw invalid("user and password: one of them is missing (expected: both or neither)");
    }
    return new SmtpServer(host, port, security, user, password, STEP, TOTAL);
  }

  private static Security security(String text) {
    for (Security one : Security.values()) {
      if (one.text().equals(text.toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    if (text.isEmpty()) {
      return Security.STARTTLS;
    }
    throw invalid("security: '" + text + "' (expected: starttls, tls or none)");
  }

  private static int port(String text, Security security) {
    if (text.isEmpty()) {
      return security == Security.TLS ? 465 : 587;
    }
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw invalid("port: '" + text + "' (expected: 1 to 65535)");
    }
    return port;
  }

  static InternetAddress from(Settings settings) {
    List<InternetAddress> from = addresses("from", settings);
    if (from.size() != 1) {
      throw invalid("from: " + from.size() + " addresses (expected: one)");
    }
    return from.getFirst();
  }

  static List<InternetAddress> addresses(String field, Settings settings) {
    List<InternetAddress> all = new ArrayList<>();
    for (String one : settings.text(field).split(",", -1)) {
      all.add(address(field, one.strip()));
    }
    if (all.size() > MOST) {
      throw invalid(field + ": " + all.size() + " addresses (expected: at most " + MOST + ")");
    }
    return all;
  }

  private static InternetAddress address(String field, String text) {
    if (text.matches("[\\x21-\\x7e]{1,64}@[A-Za-z0-9.-]{1,253}")) {
      try {
        return new InternetAddress(text, true);
      } catch (AddressException notOne) {
        throw invalid(field + ": '" + text + "': " + notOne.getMessage() + EXPECTED);
      }
    }
    throw invalid(field + ": '" + text + "'" + EXPECTED);
  }

  private static final String EXPECTED = " (expected: an address like alerts@example.com)";

  private static RuntimeException invalid(String message) {
    return Failure.user("invalid_param", message).asException();
  }
}
