package dev.yagura.connect.mail;

import dev.yagura.connect.Channel;
import dev.yagura.connect.Notice;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Mail to a list of people. What one of them got counts as delivered. */
public final class MailChannel implements Channel {
  private final SmtpServer server;
  private final Properties properties;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final InstantSource clock;

  MailChannel(
      SmtpServer server, InternetAddress from, List<InternetAddress> to, InstantSource clock) {
    this.server = server;
    this.properties = server.properties();
    this.from = from;
    this.to = List.copyOf(to);
    this.clock = clock;
  }

  /** Takes certificates that another store vouches for. */
  MailChannel trusting(javax.net.ssl.SSLSocketFactory sockets) {
    properties.put("mail.smtp.ssl.socketFactory", sockets);
    return this;
  }

  @Override
  public String describe() {
    return "mail to " + (to.size() == 1 ? to.getFirst().getAddress() : to.size() + " addresses");
  }

  /**
   * On a thread of its own: a server that answers a little now and then would outlast any wait for
   * one answer. Interrupted, a virtual thread closes its connection.
   */
  @Override
  public Delivery deliver(Notice notice) {
    var handedOver = new AtomicBoolean();
    var task = new FutureTask<>(() -> send(notice, handedOver));
    Thread unused = Thread.ofVirtual().name("mail").start(task);
    try {
      return task.get(server.total().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      return new Delivery.Later(
          "the mail server did not finish within " + server.total().toSeconds() + " s",
          handedOver.get());
    } catch (InterruptedException stop) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new Delivery.Later("interrupted", handedOver.get());
    } catch (ExecutionException broken) {
      return new Delivery.Never("the mail cannot be written: " + broken.getCause());
    }
  }

  private Delivery send(Notice notice, AtomicBoolean handedOver) throws MessagingException {
    Session session = Session.getInstance(properties);
    var mail = new Mail(session, notice, from, to, clock.instant());
    try (Transport transport = session.getTransport("smtp")) {
      if (server.user().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(server.user(), server.password().reveal());
      }
      handedOver.set(true);
      transport.sendMessage(mail, mail.getAllRecipients());
      return new Delivery.Done(mail.id());
    } catch (MessagingException failed) {
      return MailFailures.of(failed, mail.id(), handedOver.get());
    }
  }
}
