package dev.yagura.bench.load;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The rows of the table. Each loads the server through its API alone. */
final class Measures {
  private static final int CONNECTIONS = 50;
  private static final int AT_ONCE = 1_000;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final int SMALL = 2_000;
  private static final int LARGE = 160_000;

  private final Api api;
  private final String echo;
  private final String ask;
  private final MockModel model;
  private final Duration time;

  /**
   * @param echo key of the workflow that gives its input back
   * @param ask key of the one that asks the model
   * @param time of each measurement
   */
  Measures(Api api, String echo, String ask, MockModel model, Duration time) {
    this.api = api;
    this.echo = echo;
    this.ask = ask;
    this.model = model;
    this.time = time;
  }

  /** No two are the same, as in life. */
  private static String finding(int bytes) {
    String start =
        "{\"type\":\"Recon:EC2/PortProbeUnprotectedPort\",\"id\":\""
            + UUID.randomUUID()
            + "\",\"padding\":\"";
    return start + "x".repeat(bytes - start.length() - 2) + "\"}";
  }

  /** What one connection does until it is over. */
  @FunctionalInterface
  private interface Call {
    void run(Times times) throws InterruptedException;
  }

  private static Times load(int connections, Duration time, Call call) throws InterruptedException {
    var times = new Times();
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        threads.submit(
            () -> {
              while (System.nanoTime() < end) {
                call.run(times);
              }
              return null;
            });
      }
    }
    return times;
  }

  void warmUp() throws InterruptedException {
    Times unused = load(CONNECTIONS, WARM_UP, times -> api.blocking(echo, finding(SMALL), times));
    Times also = load(CONNECTIONS, WARM_UP.dividedBy(3), times -> stream(times, () -> {}));
  }

  private void stream(Times times, Runnable first) throws InterruptedException {
    api.streaming(echo, finding(SMALL), times, first);
  }

  String blocking() throws InterruptedException {
    Times times = load(CONNECTIONS, time, all -> api.blocking(echo, finding(SMALL), all));
    return format(
        "%.0f runs/s; p50 %.1f ms, p99 %.1f ms%s",
        times.count() / (double) time.toSeconds(),
        times.percentile(0.5),
        times.percentile(0.99),
        times.errors());
  }

  String streaming() throws InterruptedException {
    Times times = load(CONNECTIONS, time, all -> stream(all, () -> {}));
    return format(
        "p50 %.1f ms, p95 %.1f ms, at %.0f runs/s%s",
        times.percentile(0.5),
        times.percentile(0.95),
        times.count() / (double) time.toSeconds(),
        times.errors());
  }

  String payload() throws InterruptedException {
    Duration part = time.dividedBy(2);
    Times unused = load(1, part, all -> api.blocking(echo, finding(LARGE), all));
    Times small = load(1, part, all -> api.blocking(echo, finding(SMALL), all));
    Times large = load(1, part, all -> api.blocking(echo, finding(LARGE), all));
    return format(
        "adds %.1f ms (p50 %.1f instead of %.1f ms; p99 %.1f instead of %.1f ms)%s%s",
        large.percentile(0.5) - small.percentile(0.5),
        large.percentile(0.5),
        small.percentile(0.5),
        large.percentile(0.99),
        small.percentile(0.99),
        small.errors(),
        large.errors());
  }

  /** Runs at once that wait for the model. */
  String waiting(Duration delay) throws InterruptedException {
    model.takes(Duration.ofMillis(100));
    for (int i = 0; i < 5; i++) {
      Times unused = atOnce(times -> api.blocking(ask, finding(SMALL), times));
    }
    model.takes(delay);
    long began = System.nanoTime();
    Times times = atOnce(all -> api.blocking(ask, finding(SMALL), all));
    double seconds = (System.nanoTime() - began) / 1e9;
    return format("all %d done in %.2f s%s", times.count(), seconds, times.errors());
  }

  /** Streams that are open at the same time. */
  String openStreams(Duration delay) throws InterruptedException {
    model.takes(delay);
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    Times times =
        atOnce(
            all -> {
              api.streaming(
                  ask,
                  finding(SMALL),
                  all,
                  () -> most.accumulateAndGet(open.incrementAndGet(), Math::max));
              open.decrementAndGet();
            });
    return format(
        "%d open at once; first event p95 %.0f ms%s",
        most.get(), times.percentile(0.95), times.errors());
  }

  private static Times atOnce(Call call) throws InterruptedException {
    var times = new Times();
    var go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        threads.submit(
            () -> {
              go.await();
              call.run(times);
              return null;
            });
      }
      go.countDown();
      threads.shutdown();
      if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
        times.wrong("not over after two minutes");
      }
    }
    return times;
  }

  /** A steady load for a while: so many runs a second, one in ten of them streamed. */
  Times steady(int perSecond, Duration time) throws InterruptedException {
    var times = new Times();
    long began = System.nanoTime();
    long end = began + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long next = began;
      for (long i = 0; next < end; i++) {
        boolean streamed = i % 10 == 0;
        threads.submit(
            () -> {
              if (streamed) {
                api.streaming(ask, finding(SMALL), times, () -> {});
              } else {
                api.blocking(echo, finding(SMALL), times);
              }
              return null;
            });
        next += 1_000_000_000L / perSecond;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    }
    return times;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
