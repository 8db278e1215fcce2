package dev.yagura.server;

import dev.yagura.base.RunId;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Limits;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.value.Value;
import dev.yagura.node.BuiltIn;
import dev.yagura.node.NodeTypes;
import dev.yagura.node.Services;
import dev.yagura.run.Entry;
import dev.yagura.run.LocalDriver;
import dev.yagura.run.NodeLog;
import dev.yagura.run.RunJournal;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A process that runs {@code crash.yml} and stands still after a given entry of the journal, to be
 * killed there.
 */
public final class CrashProcess {
  static final String FINDING =
      "{\"type\":\"Trojan:EC2/DGADomainRequest.C!DNS\",\"severity\":8,\"id\":\"eab59ed2edadbbeec48f69680ca4e979\"}";

  private CrashProcess() {}

  /**
   * The folder of the store, the id of the run, and the entry after which to stand still (0:
   * never).
   */
  public static void main(String[] arguments) throws Exception {
    try (Store store = Store.open(Path.of(arguments[0]), InstantSource.system())) {
      int last = Integer.parseInt(arguments[2]);
      var driver =
          new LocalDriver(
              new Standstill(store.journal(), last), types()::run, InstantSource.system());
      WorkflowVersion workflow = workflow();
      driver.start(new RunId(arguments[1]), workflow, input(workflow), RunListener.NONE).get();
      driver.close();
    }
    System.out.println("ended");
  }

  static NodeTypes types() {
    return new NodeTypes(List.of(new BuiltIn(Services.offline(new Floor(Catalogue.load())))));
  }

  static WorkflowVersion workflow() throws Exception {
    try (var in = CrashProcess.class.getResourceAsStream("/dsl/crash.yml")) {
      return WorkflowFiles.version(
          "crash.yml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static RunInput input(WorkflowVersion workflow) {
    return new RunInput(
        Value.object("finding", FINDING),
        Value.EMPTY,
        workflow.environment(),
        workflow.conversation(),
        Limits.DEFAULT);
  }

  /** Once the entry is durable, says so and never returns. */
  private record Standstill(RunJournal inner, int last) implements RunJournal {
    @Override
    public void create(RunRecord run, Entry first) {
      inner.create(run, first);
      stand(first.sequence());
    }

    @Override
    public void append(RunId run, Entry entry) {
      inner.append(run, entry);
      stand(entry.sequence());
    }

    private void stand(int sequence) {
      if (sequence == last) {
        System.out.println("standing after " + sequence);
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException never) {
          throw new IllegalStateException(never);
        }
      }
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
}
