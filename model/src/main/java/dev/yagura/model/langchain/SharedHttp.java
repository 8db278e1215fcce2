package dev.yagura.model.langchain;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The HTTP clients of a provider. The library wants a new one for every model, and each has threads
 * and connections of its own: here all calls with the same deadlines share one.
 */
final class SharedHttp {
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final Map<Timeouts, JdkHttpClient> clients = new ConcurrentHashMap<>();

  private record Timeouts(Duration connect, Duration read) {}

  /** What a model of the library is made with. */
  HttpClientBuilder with(Duration connect) {
    return new Builder(this, new Timeouts(connect, connect));
  }

  private JdkHttpClient client(Timeouts timeouts) {
    return clients.computeIfAbsent(
        timeouts,
        key ->
            new JdkHttpClientBuilder()
                .httpClientBuilder(
                    java.net.http.HttpClient.newBuilder()
                        // Servers of models in Python warn of, or refuse, an upgrade to HTTP/2.
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .executor(THREADS))
                .connectTimeout(key.connect())
                .readTimeout(key.read())
                .build());
  }

  /** The library sets the total time of a model as both timeouts; the one to connect stays. */
  private record Builder(SharedHttp shared, Timeouts timeouts) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return timeouts.connect();
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return timeouts.read();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration read) {
      return new Builder(shared, new Timeouts(timeouts.connect(), read));
    }

    @Override
    public HttpClient build() {
      return shared.client(timeouts);
    }
  }
}
