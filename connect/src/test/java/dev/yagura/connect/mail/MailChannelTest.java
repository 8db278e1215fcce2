package dev.yagura.connect.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.connect.ChannelContract;
import dev.yagura.connect.ChannelKind.Settings;
import dev.yagura.connect.Notice;
import dev.yagura.connect.Notices;
import dev.yagura.connect.mail.SmtpServer.Security;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRules;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail against GreenMail, and against a server that says what a test wants. */
class MailChannelTest extends ChannelContract {
  private static final InstantSource NOW = () -> Instant.parse("2026-11-24T01:02:03Z");

  private final GreenMail mail =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });
  private final ScriptedSmtp scripted = new ScriptedSmtp();
  private int port;

  @AfterEach
  void stop() {
    mail.stop();
    scripted.close();
  }

  @Override
  protected Channel channel() {
    return channel(port, Security.NONE, "");
  }

  private static MailChannel channel(int port, Security security, String user) {
    var server =
        new SmtpServer(
            security == Security.TLS ? "localhost" : "127.0.0.1",
            port,
            security,
            user,
            new Secret(user.isEmpty() ? "" : "topsecret"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4));
    return new MailChannel(
        server, address("yagura@example.com"), List.of(address("team@example.com")), NOW);
  }

  private static InternetAddress address(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (AddressException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  @Override
  protected void accepts() {
    mail.start();
    port = mail.getSmtp().getPort();
  }

  @Override
  protected boolean asksToWait() {
    return false;
  }

  @Override
  protected void breaks() {
    port = scripted.answers("RCPT", "451 4.3.0 try again").port();
  }

  @Override
  protected void refuses() {
    port = scripted.answers("RCPT", "550 5.1.1 nobody here").port();
  }

  @Override
  protected void hangs() {
    port = scripted.answers(".", "").port();
  }

  private MimeMessage message() {
    MimeMessage[] all = mail.getReceivedMessages();
    return all[all.length - 1];
  }

  private String part(int index) {
    try {
      return ((Multipart) message().getContent()).getBodyPart(index).getContent().toString();
    } catch (MessagingException | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  protected String read() {
    try {
      return message().getSubject() + "\n" + part(0);
    } catch (MessagingException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  protected void assertHarmless() {
    assertThat(part(1))
        .contains("&lt;!channel&gt;")
        .doesNotContain("<!channel>")
        .doesNotContain("evil.example");
    assertThat(part(0)).doesNotContain("evil.example");
  }

  @Override
  protected List<String> secrets() {
    return List.of("topsecret");
  }

  @Test
  void a_mail_has_headers_that_do_not_change_when_it_is_sent_again() throws MessagingException {
    accepts();
    Delivery first = channel().deliver(Notices.single(false));
    String id = message().getMessageID();
    assertThat(id).matches("<[0-9a-f]{32}@example\\.com>");
    assertThat(first).isEqualTo(new Delivery.Done(id));
    assertThat(channel().deliver(Notices.single(true))).isEqualTo(first);
    assertThat(message().getMessageID()).isEqualTo(id);
    assertThat(message().getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message().getSentDate()).isEqualTo(NOW.instant());
    assertThat(message().getAllRecipients()).containsExactly(address("team@example.com"));
  }

  @Test
  void repeats_answer_the_mail_of_the_alert() throws MessagingException {
    accepts();
    String alert = "<0123456789abcdef0123456789abcdef@example.com>";
    assertThat(channel().deliver(Notices.repeats(alert, false))).isInstanceOf(Delivery.Done.class);
    assertThat(message().getHeader("In-Reply-To")).containsExactly(alert);
  }

  @Test
  void a_name_cannot_add_a_header() throws MessagingException {
    accepts();
    Notice notice =
        new Notice.Single("k\\r\\nBcc: x@evil.example", Notices.alert("a\\r\\nBcc: x@y.z"), false);
    assertThat(channel().deliver(notice)).isInstanceOf(Delivery.Done.class);
    assertThat(message().getHeader("Bcc")).isNull();
    assertThat(message().getAllRecipients()).hasSize(1);
  }

  @Test
  void a_user_signs_in_over_tls(@TempDir Path folder) throws Exception {
    var certificate = new OwnCertificate(folder);
    try (var tls = new ScriptedSmtp(certificate.server.getServerSocketFactory())) {
      tls.answers("EHLO", "250-hello\r\n250 AUTH PLAIN").answers("AUTH", "235 welcome");
      MailChannel channel = channel(tls.port(), Security.TLS, "bot");
      assertThat(channel.deliver(Notices.single(false)))
          .as("nobody vouches for the certificate")
          .isInstanceOf(Delivery.Later.class);
      assertThat(
              channel
                  .trusting(certificate.client.getSocketFactory())
                  .deliver(Notices.single(false)))
          .isInstanceOf(Delivery.Done.class);
      assertThat(tls.lines).anyMatch(line -> line.startsWith("AUTH PLAIN")).contains(".");
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_gets_no_alert() {
    accepts();
    assertThat(channel(mail.getSmtps().getPort(), Security.TLS, "").deliver(Notices.single(false)))
        .isInstanceOfSatisfying(
            Delivery.Later.class, later -> assertThat(later.unsure()).isFalse());
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void without_starttls_nothing_is_said_in_the_clear() {
    assertThat(channel(scripted.port(), Security.STARTTLS, "bot").deliver(Notices.single(false)))
        .isInstanceOfSatisfying(
            Delivery.Later.class, later -> assertThat(later.reason()).contains("STARTTLS"));
    assertThat(scripted.lines).noneMatch(line -> line.startsWith("AUTH"));
    assertThat(scripted.lines).noneMatch(line -> line.startsWith("MAIL"));
  }

  @ParameterizedTest
  @CsvSource({"535 5.7.8 wrong, Never", "454 4.7.0 later, Later"})
  void a_sign_in_that_fails_says_so(String answer, String expected) {
    scripted.answers("EHLO", "250-hello\r\n250 AUTH PLAIN").answers("AUTH", answer);
    Delivery delivery =
        channel(scripted.port(), Security.NONE, "bot").deliver(Notices.single(false));
    assertThat(delivery.getClass().getSimpleName()).isEqualTo(expected);
    assertThat(delivery.toString()).contains(answer).doesNotContain("topsecret");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 5.7.1 not you, Never",
    "MAIL, 452 4.3.1 full, Later",
    "DATA, 554 5.6.0 no, Never",
    "., 552 5.3.4 too big, Never",
    "., 451 4.7.1 greylisted, Later"
  })
  void the_first_digit_of_an_answer_decides(String command, String answer, String expected) {
    scripted.answers(command, answer);
    Delivery delivery = channel(scripted.port(), Security.NONE, "").deliver(Notices.several());
    assertThat(delivery.getClass().getSimpleName()).isEqualTo(expected);
    assertThat(delivery.toString()).contains(answer).doesNotContain("unsure=true");
  }

  @Test
  void what_one_of_them_got_is_delivered() {
    var server =
        new SmtpServer(
            "127.0.0.1",
            scripted.answers("RCPT TO:<gone@example.com>", "550 5.1.1 gone").port(),
            Security.NONE,
            "",
            new Secret(""),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4));
    var channel =
        new MailChannel(
            server,
            address("yagura@example.com"),
            List.of(address("gone@example.com"), address("team@example.com")),
            NOW);
    assertThat(channel.deliver(Notices.single(false))).isInstanceOf(Delivery.Done.class);
    assertThat(scripted.lines).contains(".");
  }

  @Test
  void nobody_listening_is_tried_again() {
    scripted.close();
    assertThat(channel(scripted.port(), Security.NONE, "").deliver(Notices.single(false)))
        .isInstanceOfSatisfying(
            Delivery.Later.class, later -> assertThat(later.unsure()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({
    "host, 'bad host', host:",
    "port, 99999, port:",
    "security, ssl, security:",
    "security, none, in the clear",
    "from, 'a@example.com,b@example.com', from: 2 addresses",
    "to, 'a@example.com,', to:",
    "to, 'Team <team@example.com>', to:",
    "user, bot, both or neither"
  })
  void what_is_wrong_in_the_settings_is_said(String field, String value, String expected) {
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("host", "smtp.example.com");
    plain.put("from", "yagura@example.com");
    plain.put("to", "team@example.com");
    plain.put(field, value);
    Settings settings = new Settings(plain, Map.of(), one -> false);
    var kind = new MailKind();
    try (var egress = new EgressClient(EgressRules.STRICT)) {
      assertThatThrownBy(() -> kind.open(settings, egress)).hasMessageContaining(expected);
    }
  }
}
