package dev.yagura.bench;

import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.graph.Edge;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.value.Value;
import dev.yagura.run.LocalDriver;
import dev.yagura.run.RunListener;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Durable runs per second: the local driver over SQLite with {@code synchronous=FULL}, a workflow
 * of start and end with its journal and node logs, 50 callers; and how late another virtual thread
 * runs meanwhile.
 */
public final class StoreBench {
  private static final int CALLERS = 50;
  private static final int WARM_UP_SECONDS = 4;
  private static final int SECONDS = 10;
  private static final int BYTES = 2_000;

  private StoreBench() {}

  /** The folder to measure in; by default a new one under the folder for temporary files. */
  public static void main(String[] arguments) throws Exception {
    Path folder =
        arguments.length > 0
            ? Files.createTempDirectory(Path.of(arguments[0]), "bench")
            : Files.createTempDirectory("bench");
    System.out.printf("cores %d, folder %s%n", Runtime.getRuntime().availableProcessors(), folder);
    try (Store store = Store.open(folder, InstantSource.system());
        var driver =
            new LocalDriver(
                store.journal(), call -> passOn(call.input().inputs()), InstantSource.system())) {
      measure(driver, WARM_UP_SECONDS, false);
      measure(driver, SECONDS, true);
      System.out.printf("store size %d kB%n", store.retention().size() / 1024);
    }
    delete(folder);
  }

  /** What a start node does: its inputs are its outputs, and the trace has them. */
  private static Outcome passOn(Value.Obj inputs) {
    return Outcome.Done.of(inputs).trace(Value.object("inputs", inputs));
  }

  /** As long as a finding of GuardDuty; no two are the same. */
  private static String finding() {
    return UUID.randomUUID() + "x".repeat(BYTES - 36);
  }

  private static WorkflowVersion workflow() {
    Graph graph =
        new Graph(
            List.of(
                Node.of("start", "start", Node.Kind.START), Node.of("end", "end", Node.Kind.END)),
            List.of(Edge.of("start", "end")),
            Map.of("", "start"));
    return new WorkflowVersion("w", "bench", false, graph, Value.EMPTY, Value.EMPTY, Value.EMPTY);
  }

  private static void measure(LocalDriver driver, int seconds, boolean print)
      throws InterruptedException {
    WorkflowVersion workflow = workflow();
    var runs = new AtomicLong();
    var stop = new AtomicBoolean();
    var times = new ConcurrentLinkedQueue<Long>();
    var lags = new ConcurrentLinkedQueue<Long>();
    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        threads.execute(() -> call(driver, workflow, runs, stop, times));
      }
      threads.execute(() -> lag(stop, lags));
      Thread.sleep(seconds * 1000L);
      stop.set(true);
    }
    double elapsed = (System.nanoTime() - began) / 1e9;
    if (print) {
      System.out.printf(
          "%d callers: %.0f durable runs/s; run p50 %.1f ms, p99 %.1f ms; lag of another virtual"
              + " thread p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          CALLERS,
          runs.get() / elapsed,
          percentile(times, 0.50),
          percentile(times, 0.99),
          percentile(lags, 0.50),
          percentile(lags, 0.99),
          percentile(lags, 1.0));
    }
  }

  private static void call(
      LocalDriver driver,
      WorkflowVersion workflow,
      AtomicLong runs,
      AtomicBoolean stop,
      ConcurrentLinkedQueue<Long> times) {
    while (!stop.get()) {
      long began = System.nanoTime();
      try {
        driver
            .start(
                new RunId(TimeId.at(Instant.now())),
                workflow,
                RunInput.of(Value.object("finding", finding())),
                RunListener.NONE)
            .get();
      } catch (InterruptedException | ExecutionException failed) {
        throw new IllegalStateException(failed);
      }
      times.add(System.nanoTime() - began);
      runs.incrementAndGet();
    }
  }

  /** How much later than asked for a sleeping virtual thread goes on. */
  private static void lag(AtomicBoolean stop, ConcurrentLinkedQueue<Long> lags) {
    while (!stop.get()) {
      long began = System.nanoTime();
      try {
        Thread.sleep(5);
      } catch (InterruptedException end) {
        return;
      }
      lags.add(System.nanoTime() - began - 5_000_000);
    }
  }

  private static double percentile(ConcurrentLinkedQueue<Long> nanos, double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      return 0;
    }
    return Arrays.stream(sorted).skip((long) ((sorted.length - 1) * share)).findFirst().orElse(0)
        / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
