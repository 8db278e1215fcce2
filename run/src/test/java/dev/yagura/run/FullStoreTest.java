package dev.yagura.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.testkit.Graphs;
import dev.yagura.graph.value.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FullStoreTest {
  /** A journal that is full for a while. */
  private static final class FullForAWhile implements RunJournal {
    private final InMemoryStore inner;
    private int refusals = 2;

    private FullForAWhile(InMemoryStore inner) {
      this.inner = inner;
    }

    private void maybe() {
      if (refusals-- > 0) {
        throw new FlowException(
            new Failure(Failure.Kind.LIMIT, "StoreFull", "full", true, Map.of()));
      }
    }

    @Override
    public void create(RunRecord run, Entry first) {
      inner.create(run, first);
    }

    @Override
    public void append(RunId run, Entry entry) {
      maybe();
      inner.append(run, entry);
    }

    @Override
    public List<Entry> read(RunId run) {
      return inner.read(run);
    }

    @Override
    public Optional<RunRecord> find(RunId run) {
      return inner.find(run);
    }

    @Override
    public List<RunRecord> open() {
      return inner.open();
    }

    @Override
    public List<NodeLog> logs(RunId run) {
      return inner.logs(run);
    }
  }

  @Test
  void a_store_that_is_full_for_a_while_delays_a_run_and_does_not_end_it() throws Exception {
    var workflow =
        new WorkflowVersion(
            "w1",
            "test",
            false,
            Graphs.graph().chain("start").build(),
            Value.EMPTY,
            Value.EMPTY,
            Value.EMPTY);
    try (var driver =
        new LocalDriver(
            new FullForAWhile(new InMemoryStore()),
            call -> Outcome.Done.of(Value.EMPTY),
            InstantSource.system())) {
      RunState state =
          driver
              .start(
                  new RunId("00000000-0000-0000-0000-000000000001"),
                  workflow,
                  RunInput.of(Value.EMPTY),
                  RunListener.NONE)
              .get(20, TimeUnit.SECONDS);
      assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
    }
  }
}
