package dev.yagura.connect.mail;

import dev.yagura.connect.Notice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** One mail. Its Message-ID is the same for the same notice, so that doubles can be folded. */
final class Mail extends MimeMessage {
  private static final Pattern ID = Pattern.compile("<[0-9a-f]{32}@[A-Za-z0-9.-]{1,253}>");

  private final String id;

  Mail(Session session, Notice notice, InternetAddress from, List<InternetAddress> to, Instant now)
      throws MessagingException {
    super(session);
    this.id = id(notice.key(), from);
    MailText text = MailText.of(notice);
    setFrom(from);
    setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
    setSubject(text.subject(), "UTF-8");
    setSentDate(Date.from(now));
    setHeader("Auto-Submitted", "auto-generated");
    if (notice instanceof Notice.Repeats repeats && ID.matcher(repeats.posted()).matches()) {
      setHeader("In-Reply-To", repeats.posted());
      setHeader("References", repeats.posted());
    }
    var both = new MimeMultipart("alternative");
    both.addBodyPart(part(text.plain(), "plain"));
    both.addBodyPart(part(text.html(), "html"));
    setContent(both);
    saveChanges();
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }

  /** The mail's Message-ID. */
  String id() {
    return id;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static String id(String key, InternetAddress from) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      String address = from.getAddress();
      String domain = address.substring(address.lastIndexOf('@') + 1);
      return "<" + HexFormat.of().formatHex(digest, 0, 16) + "@" + domain + ">";
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
