package dev.yagura.egress;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.egress.EgressRequest.Pair;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests under {@link EgressRules}. The address is checked when the socket connects, at
 * every redirect anew; what a name resolved to earlier does not count.
 */
public final class EgressClient implements AutoCloseable {
  /** Most redirects that are followed. */
  public static final int MAX_REDIRECTS = 5;

  /** What goes along to another host: any other header may hold credentials. */
  private static final Set<String> HARMLESS_HEADERS =
      Set.of("accept", "accept-language", "content-type", "user-agent");

  private final EgressRules rules;
  private final Resolver resolver;
  private volatile @Nullable Clients clients;

  /** Answers what addresses a name has. */
  @FunctionalInterface
  public interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  public EgressClient(EgressRules rules) {
    this(rules, host -> List.of(InetAddress.getAllByName(host)));
  }

  /**
   * @param resolver asked at every connection
   */
  public EgressClient(EgressRules rules, Resolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  /** Made at the first request: most command lines send none. */
  private record Clients(OkHttpClient guarded, OkHttpClient listed) {
    static Clients of(EgressRules rules, Resolver resolver) {
      OkHttpClient listed =
          new OkHttpClient.Builder()
              .dns(resolver::resolve)
              .proxy(Proxy.NO_PROXY)
              // HTTP/2 may put a request for one host on a connection to another: no check then.
              .protocols(List.of(Protocol.HTTP_1_1))
              .followRedirects(false)
              .followSslRedirects(false)
              .retryOnConnectionFailure(false)
              .connectionPool(new ConnectionPool(20, 1, TimeUnit.MINUTES))
              .build();
      return new Clients(
          listed
              .newBuilder()
              .socketFactory(new GuardedSockets(rules))
              .connectionPool(new ConnectionPool(20, 1, TimeUnit.MINUTES))
              .build(),
          listed);
    }
  }

  private synchronized Clients clients() {
    Clients made = clients;
    if (made == null) {
      made = Clients.of(rules, resolver);
      clients = made;
    }
    return made;
  }

  /** A FlowException {@code EgressRefused} where a rule forbids the URL; nothing is sent. */
  public void check(String url) {
    parse(url);
  }

  private HttpUrl parse(String url) {
    HttpUrl target = HttpUrl.parse(url);
    if (target == null) {
      throw EgressRules.refused(
          "this is no URL that can be requested", "http:// or https:// and a host");
    }
    if (!target.username().isEmpty() || !target.password().isEmpty()) {
      throw EgressRules.refused(
          "a URL with credentials is refused by the rule egress.credentials",
          "credentials in a header");
    }
    rules.checkTarget(target.host(), target.port());
    return target;
  }

  /**
   * Sends it and follows redirects. A FlowException says what a rule forbids or what failed: {@code
   * ConnectError} and {@code ConnectTimeout} before anything was sent, {@code ReadError} and {@code
   * ReadTimeout} when the other side may have got it.
   */
  public EgressResponse send(EgressRequest request) {
    long end = System.nanoTime() + request.timeouts().total().toNanos();
    HttpUrl target = parse(request.url());
    EgressRequest current = request;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      EgressResponse response = once(current, target, Duration.ofNanos(end - System.nanoTime()));
      String location = response.header("location", "");
      if (response.status() / 100 != 3 || response.status() == 304 || location.isEmpty()) {
        return response;
      }
      HttpUrl next = target.resolve(location);
      if (next == null) {
        throw EgressRules.refused(
            "a redirect to something that is no http URL is refused", "http:// or https://");
      }
      target = parse(next.toString());
      current = redirected(current, response.status(), response.url(), target);
    }
    throw Failure.limit(
            "TooManyRedirects",
            "more than " + MAX_REDIRECTS + " redirects (expected: at most that)")
        .asException();
  }

  /** Sends it; a redirect is the answer. For what must arrive where it was sent. */
  public EgressResponse sendHere(EgressRequest request) {
    return once(request, parse(request.url()), request.timeouts().total());
  }

  /** As browsers do: a POST becomes a GET except after 307 and 308. */
  private static EgressRequest redirected(
      EgressRequest request, int status, String from, HttpUrl to) {
    boolean sameMethod =
        status == 307
            || status == 308
            || request.method().equals("GET")
            || request.method().equals("HEAD");
    HttpUrl before = HttpUrl.parse(from);
    boolean sameOrigin =
        before != null
            && before.host().equals(to.host())
            && before.port() == to.port()
            && before.scheme().equals(to.scheme());
    List<Pair> headers =
        sameOrigin
            ? request.headers()
            : request.headers().stream().filter(header -> !isPrivate(header.name())).toList();
    return new EgressRequest(
        sameMethod ? request.method() : "GET",
        to.toString(),
        headers,
        sameMethod ? request.body() : null,
        request.timeouts(),
        request.maxBytes(),
        request.verify());
  }

  private static boolean isPrivate(String header) {
    return !HARMLESS_HEADERS.contains(header.toLowerCase(Locale.ROOT));
  }

  /** How far a request has come. */
  private static final class Progress extends EventListener {
    private volatile boolean sending;

    @Override
    public void requestHeadersStart(Call call) {
      sending = true;
    }
  }

  private EgressResponse once(EgressRequest request, HttpUrl target, Duration left) {
    if (left.isNegative() || left.isZero()) {
      throw timeout(request.timeouts().total(), false);
    }
    boolean onTheList = rules.lists(target.host(), target.port());
    OkHttpClient base = onTheList ? clients().listed() : clients().guarded();
    OkHttpClient.Builder builder =
        base.newBuilder()
            .connectTimeout(request.timeouts().connect())
            .readTimeout(request.timeouts().read())
            .writeTimeout(request.timeouts().write())
            .callTimeout(left);
    var progress = new Progress();
    builder.eventListener(progress);
    OkHttpClient client = (request.verify() ? builder : Unverified.on(builder)).build();
    try (Response response = client.newCall(Bodies.request(request, target)).execute()) {
      return new EgressResponse(
          response.code(),
          target.toString(),
          headers(response),
          body(response, request.maxBytes()));
    } catch (GuardedSockets.Refused refused) {
      throw refused.refusal();
    } catch (InterruptedIOException late) {
      throw timeout(request.timeouts().total(), progress.sending);
    } catch (IOException failed) {
      throw failure(target, failed, progress.sending);
    }
  }

  private static FlowException timeout(Duration total, boolean sent) {
    return Failure.upstream(
            sent ? "ReadTimeout" : "ConnectTimeout",
            "no answer in time (expected: within " + total + ")",
            true)
        .asException();
  }

  private static FlowException failure(HttpUrl target, IOException failed, boolean sent) {
    Throwable cause = failed;
    while (cause != null) {
      if (cause instanceof GuardedSockets.Refused refused) {
        return refused.refusal();
      }
      cause = cause.getCause();
    }
    String where = target.host() + ":" + target.port();
    return new FlowException(
        Failure.upstream(
            sent ? "ReadError" : "ConnectError",
            where + ": " + message(failed) + " (expected: an answer)",
            true),
        failed);
  }

  private static String message(IOException failed) {
    return failed instanceof UnknownHostException
        ? "the name cannot be resolved"
        : String.valueOf(failed.getMessage());
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach(
            header ->
                headers.merge(
                    header.getFirst().toLowerCase(Locale.ROOT),
                    header.getSecond(),
                    (before, more) -> before + ", " + more));
    return headers;
  }

  private static byte[] body(Response response, long most) throws IOException {
    byte[] bytes = response.body().byteStream().readNBytes((int) Math.min(most + 1, 1 << 30));
    if (bytes.length > most) {
      throw Failure.limit(
              "ResponseSizeError",
              "the answer is longer than " + most + " bytes (expected: at most that)")
          .asException();
    }
    return bytes;
  }

  @Override
  public void close() {
    Clients made = clients;
    if (made != null) {
      made.listed().dispatcher().executorService().shutdown();
      made.listed().connectionPool().evictAll();
      made.guarded().connectionPool().evictAll();
    }
  }
}
