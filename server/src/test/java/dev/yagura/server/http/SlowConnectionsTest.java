package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that give a byte now and then, and one that waits for an answer; windows end by hand. */
class SlowConnectionsTest {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final SlowConnections slow = new SlowConnections(Duration.ofDays(1));
  private final CompletableFuture<Connection> opened = new CompletableFuture<>();
  private final CompletableFuture<Connection> closed = new CompletableFuture<>();
  private final CountDownLatch answer = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    connector.addBean(slow);
    connector.addBean(
        new Connection.Listener() {
          @Override
          public void onOpened(Connection connection) {
            opened.complete(connection);
          }

          @Override
          public void onClosed(Connection connection) {
            closed.complete(connection);
          }
        });
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            Request.asInputStream(request).readAllBytes();
            answer.await();
            response.write(
                true, ByteBuffer.wrap("done".getBytes(StandardCharsets.UTF_8)), callback);
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    answer.countDown();
    server.stop();
  }

  /** Sends, and returns when the server has read all of it. */
  private void send(Socket socket, String text, long sentBefore) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    Connection connection = opened.get(20, TimeUnit.SECONDS);
    while (connection.getBytesIn() < sentBefore + text.length()) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: x\r\nX: ",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
      })
  void a_header_and_a_body_a_byte_at_a_time_are_given_up(String begin) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
      send(socket, begin, 0);
      slow.look();
      int windows = 1;
      while (opened.get().getEndPoint().isOpen() && windows <= SlowConnections.WINDOWS + 1) {
        send(socket, "a", begin.length() + windows - 1);
        slow.look();
        windows++;
      }
      assertThat(windows).isGreaterThanOrEqualTo(SlowConnections.WINDOWS);
      assertThat(closed.get(20, TimeUnit.SECONDS)).isSameAs(opened.get());
    }
  }

  @Test
  void whoever_waits_for_an_answer_is_left_alone() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
      send(socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 0);
      for (int i = 0; i < 10; i++) {
        slow.look();
      }
      answer.countDown();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .endsWith("done");
    }
  }
}
