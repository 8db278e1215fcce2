package dev.yagura.server;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Limits;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeTypes;
import dev.yagura.node.Services;
import dev.yagura.run.InMemoryStore;
import dev.yagura.run.LocalDriver;
import dev.yagura.run.NodeRunner;
import dev.yagura.run.RunListener;
import dev.yagura.run.WorkflowVersion;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The engine in this process, without server, network or disk: what the command line runs workflows
 * with.
 */
public final class LocalEngine implements AutoCloseable {
  private final Floor floor = new Floor(Catalogue.load());
  private final NodeTypes types;
  private final InMemoryStore store = new InMemoryStore();
  private final InstantSource clock = InstantSource.system();
  private final LocalDriver driver;

  /**
   * @param around what is put around the nodes, for example mocks
   */
  public LocalEngine(Around around) {
    this(around, Services::offline);
  }

  /**
   * @param services of the nodes, made with the floor
   */
  public LocalEngine(Around around, Function<Floor, Services> services) {
    this.types = Extensions.nodeTypes(services.apply(floor));
    this.driver = new LocalDriver(store, around.around(types::run), clock);
  }

  /** Puts something around the nodes. */
  @FunctionalInterface
  public interface Around {
    NodeRunner around(NodeRunner inner);
  }

  public Floor floor() {
    return floor;
  }

  public NodeTypes types() {
    return types;
  }

  public InMemoryStore store() {
    return store;
  }

  /** Runs a workflow to its end. */
  public RunState run(
      RunId id,
      WorkflowVersion workflow,
      Value.Obj inputs,
      Value.Obj system,
      RunListener listener) {
    var input =
        new RunInput(
            inputs,
            systemVariables(id, workflow).with(system),
            workflow.environment(),
            workflow.conversation(),
            Limits.DEFAULT);
    try {
      return driver
          .start(id, workflow, input, listener)
          .get(Limits.DEFAULT.time().plusMinutes(1).toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException broken) {
      throw new FlowException(
          Failure.internal("RunBroken", "the run could not go on: " + broken.getMessage()), broken);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new FlowException(Failure.internal("Interrupted", "the run was interrupted"), stop);
    }
  }

  private Value.Obj systemVariables(RunId id, WorkflowVersion workflow) {
    return Value.object(
        "user_id",
        "cli",
        "app_id",
        workflow.id(),
        "workflow_id",
        workflow.id(),
        "workflow_run_id",
        id.value(),
        "files",
        Value.array(),
        "timestamp",
        clock.instant().getEpochSecond());
  }

  public static RunId newId() {
    return new RunId(TimeId.at(InstantSource.system().instant()));
  }

  @Override
  public void close() {
    driver.close();
  }
}
