package dev.yagura.connect.mail;

import dev.yagura.base.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/**
 * Where mail is handed over.
 *
 * @param user empty where the server wants no sign-in
 * @param step longest wait for a connection, and for one answer
 * @param total longest wait for the whole exchange
 */
record SmtpServer(
    String host,
    int port,
    Security security,
    String user,
    Secret password,
    Duration step,
    Duration total) {

  /** How the connection is kept from others. */
  enum Security {
    /** A plain connection that becomes TLS before anything is said; never without it. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** In the clear. */
    NONE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Properties properties() {
    var properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.auth", Boolean.toString(!user.isEmpty()));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
    boolean upgraded = security == Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(upgraded));
    properties.put("mail.smtp.starttls.required", Boolean.toString(upgraded));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    String millis = Long.toString(step.toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    // An address that is refused keeps the others from nothing.
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }
}
