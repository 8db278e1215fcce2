package dev.yagura.bench.load;

import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** How long things took, and how many went wrong. */
final class Times {
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final AtomicInteger errors = new AtomicInteger();
  private volatile String firstError = "";

  void add(long time) {
    nanos.add(time);
  }

  void wrong(String what) {
    if (errors.incrementAndGet() == 1) {
      firstError = what;
    }
  }

  int count() {
    return nanos.size();
  }

  /** In milliseconds; 0 where there is none. */
  double percentile(double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
  }

  /** For the end of a line; empty where nothing went wrong. */
  String errors() {
    return errors.get() == 0
        ? ""
        : String.format(Locale.ROOT, "; %d ERRORS, the first: %s", errors.get(), firstError);
  }
}
