package dev.yagura.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Limits;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.testkit.Graphs;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final RunId id = new RunId(UUID.randomUUID().toString());

  private static WorkflowVersion version(Graph graph) {
    return new WorkflowVersion(
        "w1", "test", false, graph, Value.EMPTY, Value.object("token", "s3cret"), Value.EMPTY);
  }

  private static Graph chain(Node... nodes) {
    Graphs graph = Graphs.graph();
    StringBuilder path = new StringBuilder("start");
    for (Node node : nodes) {
      graph.node(node);
      path.append('>').append(node.id());
    }
    return graph.chain(path.toString()).build();
  }

  private StepDriver step(Graph graph, NodeRunner runner) {
    return new StepDriver(id, version(graph), store, runner, NOW, RunListener.NONE);
  }

  private static final NodeRunner DONE =
      call -> Outcome.Done.of(Value.object("out", call.node().id()));

  @Test
  void the_step_driver_runs_one_node_at_a_time() {
    StepDriver driver =
        step(chain(Node.of("a", "x", Node.Kind.PLAIN)), DONE).start(RunInput.of(Value.EMPTY));
    assertThat(driver.next()).contains(Address.root("start"));
    assertThat(driver.step()).isTrue();
    assertThat(driver.next()).contains(Address.root("a"));
    assertThat(driver.step()).isTrue();
    assertThat(driver.step()).isFalse();
    assertThat(driver.state().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(store.logs(id))
        .extracting(NodeLog::status)
        .containsExactly("succeeded", "succeeded");
  }

  @Test
  void retries_wait_by_the_drivers_own_clock() throws InterruptedException {
    Node flaky = Node.of("a", "x", Node.Kind.PLAIN).retry(new Node.Retry(1, Duration.ofSeconds(5)));
    List<String> keys = new ArrayList<>();
    NodeRunner runner =
        call -> {
          keys.add(call.idempotencyKey());
          if (keys.size() == 2) {
            throw Failure.upstream("Busy", "busy", true).asException();
          }
          return Outcome.Done.of(Value.EMPTY);
        };
    StepDriver driver = step(chain(flaky), runner).start(RunInput.of(Value.EMPTY));
    while (driver.step()) {}
    assertThat(driver.state().retrying()).hasSize(1);
    driver.advance(Duration.ofSeconds(4));
    assertThat(driver.next()).isEmpty();
    driver.advance(Duration.ofSeconds(1));
    while (driver.step()) {}
    assertThat(driver.state().status()).isEqualTo(RunStatus.PARTIAL_SUCCEEDED);
    assertThat(keys).containsExactly(id + "//start/1", id + "//a/1", id + "//a/2");
  }

  @Test
  void the_deadline_ends_a_run_by_the_drivers_own_clock() {
    StepDriver driver = step(chain(), DONE).start(RunInput.of(Value.EMPTY));
    driver.advance(Duration.ofSeconds(1199));
    assertThat(driver.state().status()).isEqualTo(RunStatus.RUNNING);
    driver.advance(Duration.ofSeconds(1));
    assertThat(driver.state().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void a_node_that_breaks_fails_by_name_and_a_secret_is_found_but_not_written_down()
      throws InterruptedException {
    List<Value> seen = new ArrayList<>();
    NodeRunner runner =
        call -> {
          seen.add(call.find(Selector.of("env", "token")));
          throw new IllegalArgumentException("boom");
        };
    StepDriver driver = step(chain(), runner).start(RunInput.of(Value.EMPTY)).run();
    assertThat(driver.state().failure().code()).isEqualTo("WorkflowNodeError");
    assertThat(driver.state().failure().message()).contains("boom");
    assertThat(seen).containsExactly(Value.text("s3cret"));
    assertThat(store.read(id).toString()).doesNotContain("s3cret");
  }

  @Test
  void a_suspended_run_is_paused_and_goes_on_after_a_restart() throws InterruptedException {
    Graph graph =
        chain(Node.of("ask", "x", Node.Kind.PLAIN), Node.of("after", "x", Node.Kind.PLAIN));
    NodeRunner runner =
        call -> call.node().id().equals("ask") ? new Outcome.Suspend("form") : DONE.run(call);
    step(graph, runner).start(RunInput.of(Value.EMPTY)).run();
    assertThat(store.find(id).orElseThrow().status()).isEqualTo(RunStatus.PAUSED);
    StepDriver restarted = step(graph, runner).resume();
    restarted.resume(Address.root("ask"), Outcome.Done.of(Value.object("ok", true))).run();
    assertThat(restarted.state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void the_local_driver_runs_branches_at_the_same_time() throws Exception {
    Graph graph =
        Graphs.graph().plain("a", "b", "join").chain("start>a>join").chain("start>b>join").build();
    CountDownLatch both = new CountDownLatch(2);
    NodeRunner runner =
        call -> {
          if (call.node().id().equals("a") || call.node().id().equals("b")) {
            both.countDown();
            if (!both.await(10, TimeUnit.SECONDS)) {
              throw new IllegalStateException("the other branch did not run");
            }
          }
          return DONE.run(call);
        };
    try (var driver = new LocalDriver(store, runner, InstantSource.system())) {
      RunState state =
          driver
              .start(id, version(graph), RunInput.of(Value.EMPTY), RunListener.NONE)
              .get(20, TimeUnit.SECONDS);
      assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
    }
  }

  @Test
  void a_cancelled_run_stops_its_nodes() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    NodeRunner runner =
        call -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            stopped.countDown();
          }
          return DONE.run(call);
        };
    try (var driver = new LocalDriver(store, runner, InstantSource.system())) {
      var future = driver.start(id, version(chain()), RunInput.of(Value.EMPTY), RunListener.NONE);
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(driver.cancel(id, "Stopped by user.")).isTrue();
      assertThat(future.get(10, TimeUnit.SECONDS).status()).isEqualTo(RunStatus.STOPPED);
      assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(driver.cancel(id, "again")).isFalse();
    }
  }

  @Test
  void a_run_past_its_deadline_fails_though_its_node_never_answers() throws Exception {
    NodeRunner runner =
        call -> {
          new CountDownLatch(1).await();
          return DONE.run(call);
        };
    var input =
        new RunInput(
            Value.EMPTY,
            Value.EMPTY,
            Value.EMPTY,
            Value.EMPTY,
            new Limits(500, 500, Duration.ofMillis(50)));
    try (var driver = new LocalDriver(store, runner, InstantSource.system())) {
      RunState state =
          driver.start(id, version(chain()), input, RunListener.NONE).get(10, TimeUnit.SECONDS);
      assertThat(state.failure().message()).startsWith("Aborted: Maximum execution time exceeded");
    }
  }

  @Test
  void open_runs_go_on_at_the_next_start_and_what_has_ended_does_not_run_again() throws Exception {
    Graph graph = chain(Node.of("a", "x", Node.Kind.PLAIN), Node.of("b", "x", Node.Kind.PLAIN));
    StepDriver before = step(graph, DONE).start(RunInput.of(Value.EMPTY));
    before.step();
    before.step();
    List<String> ran = new ArrayList<>();
    NodeRunner runner =
        call -> {
          synchronized (ran) {
            ran.add(call.node().id());
          }
          return DONE.run(call);
        };
    CountDownLatch finished = new CountDownLatch(1);
    RunListener listener =
        (run, events) -> {
          if (events.getLast() instanceof RunEvent.RunFinished) {
            finished.countDown();
          }
        };
    try (var driver = new LocalDriver(store, runner, InstantSource.system())) {
      assertThat(driver.resumeAll(workflow -> Optional.of(version(graph)), listener)).isEmpty();
      assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ran).containsExactly("b");
    assertThat(store.find(id).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void a_listener_that_breaks_does_not_end_the_run() throws Exception {
    RunListener broken =
        (run, events) -> {
          throw new IllegalStateException("client gone");
        };
    try (var driver = new LocalDriver(store, DONE, InstantSource.system())) {
      RunState state =
          driver
              .start(id, version(chain()), RunInput.of(Value.EMPTY), broken)
              .get(10, TimeUnit.SECONDS);
      assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
    }
  }

  @Test
  void an_error_of_the_machine_in_a_node_fails_the_node() throws Exception {
    NodeRunner runner =
        call -> {
          throw new NoClassDefFoundError("com/example/Missing");
        };
    try (var driver = new LocalDriver(store, runner, InstantSource.system())) {
      RunState state =
          driver
              .start(id, version(chain()), RunInput.of(Value.EMPTY), RunListener.NONE)
              .get(10, TimeUnit.SECONDS);
      assertThat(state.failure().message()).contains("NoClassDefFoundError");
    }
  }

  @Test
  void an_output_that_a_journal_could_not_read_back_fails_the_node() {
    Value deep = Value.text("x");
    for (int i = 0; i < 300; i++) {
      deep = Value.array(deep);
    }
    Value nested = deep;
    StepDriver driver =
        step(chain(), call -> Outcome.Done.of(Value.object("deep", nested)))
            .start(RunInput.of(Value.EMPTY))
            .run();
    assertThat(driver.state().failure().code()).isEqualTo("UnstorableOutput");
  }

  @Test
  void the_time_of_a_pause_does_not_count_after_a_restart() {
    Graph graph =
        chain(Node.of("ask", "x", Node.Kind.PLAIN), Node.of("after", "x", Node.Kind.PLAIN));
    NodeRunner runner =
        call -> call.node().id().equals("ask") ? new Outcome.Suspend("form") : DONE.run(call);
    StepDriver before = step(graph, runner).start(RunInput.of(Value.EMPTY)).run();
    before.advance(Duration.ofHours(48));
    assertThat(before.state().status()).isEqualTo(RunStatus.PAUSED);
    before.resume(Address.root("ask"), Outcome.Done.of(Value.EMPTY));
    StepDriver restarted =
        new StepDriver(
                id, version(graph), store, runner, NOW.plus(Duration.ofHours(48)), RunListener.NONE)
            .resume();
    restarted.advance(Duration.ofMinutes(19));
    assertThat(restarted.state().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(restarted.run().state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }
}
