package dev.yagura.server.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.graph.Limits;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.run.LocalDriver;
import dev.yagura.run.Origin;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Starts runs of apps, so many at once as each app may have. */
public final class Runs {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalDriver driver;
  private final RunHistory history;
  private final InstantSource clock;
  private final Settings settings;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final Map<String, RunId> tasks = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();
  private volatile boolean stopping;

  /**
   * @param concurrent runs of one app at the same time
   * @param waiting runs of one app that may wait for those
   * @param limits of one run
   */
  public record Settings(int concurrent, int waiting, Limits limits) {
    public static Settings of(Config config) {
      return new Settings(
          config.count(Key.RUNS_CONCURRENT),
          config.count(Key.RUNS_WAITING),
          new Limits(
              Limits.DEFAULT.steps(),
              Limits.DEFAULT.roundSteps(),
              config.seconds(Key.RUNS_SECONDS)));
    }
  }

  public Runs(LocalDriver driver, RunHistory history, InstantSource clock, Settings settings) {
    this.driver = driver;
    this.history = history;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * What is asked for.
   *
   * @param inputs already checked
   * @param files of {@code sys.files}
   */
  public record Order(
      RunId id, WorkflowVersion workflow, Value.Obj inputs, Value.Array files, Origin origin) {}

  /** A run under way and the end of it. */
  public record Started(RunId id, String task, CompletableFuture<RunState> end) {}

  public RunId newId() {
    return new RunId(TimeId.at(clock.instant()));
  }

  /** The id of the task of a run: what clients stop it by. */
  public static String task(RunId run) {
    return UUID.nameUUIDFromBytes(("task/" + run).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Starts a run, after those before it; a FlowException where too many wait. */
  @Boundary("whatever stops the start gives the place back and goes on")
  public Started start(Order order, RunListener listener) throws InterruptedException {
    if (stopping) {
      throw stopping();
    }
    Gate gate = gate(order.origin().app());
    gate.enter();
    String task = task(order.id());
    try {
      if (stopping) {
        throw stopping();
      }
      var input =
          new RunInput(
              order.inputs(),
              system(order),
              order.workflow().environment(),
              order.workflow().conversation(),
              settings.limits());
      started.incrementAndGet();
      CompletableFuture<RunState> end =
          driver.start(order.id(), order.workflow(), input, order.origin(), listener);
      track(task, order.id(), gate, end);
      return new Started(order.id(), task, end);
    } catch (RuntimeException refused) {
      gate.leave();
      throw refused;
    }
  }

  /** A run that goes on after a restart counts as any other, and can be stopped. */
  public void adopt(RunRecord run) {
    driver
        .running(run.id())
        .ifPresent(
            end -> {
              Gate gate = gate(run.origin().app());
              gate.enterAnyway();
              track(task(run.id()), run.id(), gate, end);
            });
  }

  private void track(String task, RunId run, Gate gate, CompletableFuture<RunState> end) {
    tasks.put(task, run);
    CompletableFuture<RunState> unused =
        end.whenComplete(
            (state, failed) -> {
              tasks.remove(task);
              gate.leave();
            });
  }

  private Gate gate(String app) {
    return gates.computeIfAbsent(
        app, id -> new Gate(settings.concurrent(), settings.waiting(), PATIENCE));
  }

  private Value.Obj system(Order order) {
    return Value.object(
        "files",
        order.files(),
        "user_id",
        order.origin().user(),
        "app_id",
        order.origin().app(),
        "workflow_id",
        order.workflow().id(),
        "workflow_run_id",
        order.id().value(),
        "timestamp",
        clock.instant().getEpochSecond());
  }

  /** The run that an app has started with this key before. */
  public Optional<RunRecord> before(String app, String key) {
    return key.isEmpty() ? Optional.empty() : history.withKey(app, key);
  }

  /** The end of a run that goes on here. */
  public Optional<CompletableFuture<RunState>> running(RunId run) {
    return driver.running(run);
  }

  /** Stops the run of a task, when it goes on and is of the app. */
  public void stop(String app, String task, java.util.function.Function<RunId, String> appOf) {
    RunId run = tasks.get(task);
    if (run != null && appOf.apply(run).equals(app)) {
      driver.cancel(run, "Stopped by user.");
    }
  }

  /** Ends a run that goes on here. */
  public void cancel(RunId run, String reason) {
    driver.cancel(run, reason);
  }

  /** How many were started since the start of the process. */
  public long started() {
    return started.get();
  }

  public int underWay() {
    return tasks.size();
  }

  public int waiting() {
    return gates.values().stream().mapToInt(Gate::waiting).sum();
  }

  /** No new ones; waits a while for those under way. The others go on at the next start. */
  public void stop(Duration patience) {
    if (stopping) {
      return;
    }
    stopping = true;
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (!tasks.isEmpty() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the end of a run. A FlowException {@code stopping} where the server stops before, and
   * {@code RunBroken} where the run could not be written down.
   */
  public RunState await(CompletableFuture<RunState> end) throws InterruptedException {
    try {
      return end.get(settings.limits().time().plus(PATIENCE).toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof CancellationException) {
        throw stopping();
      }
      throw broken(broken);
    } catch (TimeoutException late) {
      throw broken(late);
    } catch (CancellationException stopped) {
      throw stopping();
    }
  }

  private static FlowException stopping() {
    return new Failure(
            Failure.Kind.LIMIT,
            "stopping",
            "the server is stopping (expected: try again when it is back; runs go on then)",
            true,
            Map.of())
        .asException();
  }

  private static FlowException broken(Throwable why) {
    return new FlowException(
        Failure.internal("RunBroken", "the run could not go on: " + why.getMessage()), why);
  }
}
