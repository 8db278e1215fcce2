package dev.yagura.connect.mail;

import dev.yagura.connect.Channel.Delivery;
import dev.yagura.finding.Untrusted;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a mail server's answer means: 4xx may pass, 5xx will not (RFC 5321 §4.2.1). */
final class MailFailures {
  private static final Logger LOG = LoggerFactory.getLogger(MailFailures.class);
  private static final Pattern CODE = Pattern.compile("^\\s*([45])\\d\\d[ -]");
  private static final int LONGEST = 200;

  private MailFailures() {}

  /**
   * @param handedOver whether the mail was already being given to the server
   */
  static Delivery of(MessagingException failed, String id, boolean handedOver) {
    if (failed instanceof SendFailedException some && sent(some) > 0) {
      LOG.warn(
          "a mail was refused for {} of its addresses: {}",
          refused(some),
          Untrusted.clean(said(failed), LONGEST));
      return new Delivery.Done(id);
    }
    int code = code(failed);
    String reason = "the mail server says: " + Untrusted.clean(said(failed), LONGEST);
    if (failed instanceof AuthenticationFailedException && code / 100 != 4) {
      return new Delivery.Never("user or password is refused: " + reason);
    }
    if (code / 100 == 5) {
      return new Delivery.Never(reason);
    }
    // An answer of 4xx says that the mail was not taken; without one nobody knows.
    return new Delivery.Later(reason, handedOver && code == 0);
  }

  private static int sent(SendFailedException failed) {
    return failed.getValidSentAddresses() == null ? 0 : failed.getValidSentAddresses().length;
  }

  private static int refused(SendFailedException failed) {
    int invalid = failed.getInvalidAddresses() == null ? 0 : failed.getInvalidAddresses().length;
    int unsent =
        failed.getValidUnsentAddresses() == null ? 0 : failed.getValidUnsentAddresses().length;
    return invalid + unsent;
  }

  /** The answer's number; 0 where the server gave none. The innermost one is the reason. */
  private static int code(MessagingException failed) {
    int deeper = failed.getNextException() instanceof MessagingException next ? code(next) : 0;
    if (deeper != 0) {
      return deeper;
    }
    return switch (failed) {
      case SMTPSendFailedException send -> answer(send.getReturnCode());
      case SMTPAddressFailedException address -> answer(address.getReturnCode());
      case SMTPSenderFailedException sender -> answer(sender.getReturnCode());
      default -> {
        Matcher begins = CODE.matcher(String.valueOf(failed.getMessage()));
        yield begins.find() ? Integer.parseInt(begins.group(1)) * 100 : 0;
      }
    };
  }

  private static int answer(int code) {
    return code >= 400 && code < 600 ? code : 0;
  }

  private static String said(MessagingException failed) {
    String own = String.valueOf(failed.getMessage());
    Exception next = failed.getNextException();
    return next == null ? own : own + " (" + next.getMessage() + ")";
  }
}
