package dev.yagura.connect.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A mail server that says what it is told to: an answer by a command or its first word, {@code .}
 * for the end of a mail. An empty answer is none at all.
 */
final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  final List<String> lines = new CopyOnWriteArrayList<>();

  ScriptedSmtp() {
    this(ServerSocketFactory.getDefault());
  }

  ScriptedSmtp(ServerSocketFactory sockets) {
    try {
      server = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    Thread unused = Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  ScriptedSmtp answers(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread unused = Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      say(out, answers.getOrDefault("", "220 ready"));
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        if (data && !line.equals(".")) {
          continue;
        }
        String word = line.split("[ :]")[0];
        String usual = word.equals("DATA") ? "354 go on" : "250 ok";
        String answer = answers.getOrDefault(line, answers.getOrDefault(word, usual));
        data = word.equals("DATA") && answer.startsWith("354");
        say(out, answer);
      }
    } catch (IOException gone) {
      lines.add("(gone)");
    }
  }

  private static void say(OutputStream out, String answer) throws IOException {
    if (!answer.isEmpty()) {
      out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
  }
}
