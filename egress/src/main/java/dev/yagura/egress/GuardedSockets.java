package dev.yagura.egress;

import dev.yagura.base.FlowException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the very address they connect to: whatever a name resolved to before,
 * nothing else is connected (DNS rebinding).
 */
final class GuardedSockets extends SocketFactory {
  private final EgressRules rules;

  GuardedSockets(EgressRules rules) {
    this.rules = rules;
  }

  /** A refusal on its way through code that knows only input and output errors. */
  static final class Refused extends IOException {
    private final FlowException refusal;

    Refused(FlowException refusal) {
      super(refusal.getMessage(), refusal);
      this.refusal = refusal;
    }

    FlowException refusal() {
      return refusal;
    }
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress endpoint, int timeout) throws IOException {
        check(endpoint);
        super.connect(endpoint, timeout);
      }

      @Override
      public void connect(SocketAddress endpoint) throws IOException {
        check(endpoint);
        super.connect(endpoint);
      }
    };
  }

  private void check(SocketAddress endpoint) throws Refused {
    try {
      if (endpoint instanceof InetSocketAddress target && target.getAddress() != null) {
        rules.checkAddress(target.getAddress());
        return;
      }
      throw EgressRules.refused("an unresolved address is refused", "a resolved one");
    } catch (FlowException refusal) {
      throw new Refused(refusal);
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress target) throws IOException {
    Socket socket = createSocket();
    socket.connect(target);
    return socket;
  }
}
