package dev.yagura.server;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.finding.Finding;
import dev.yagura.finding.Language;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.knowledge.Library;
import dev.yagura.model.Models;
import dev.yagura.node.NodeCall;
import dev.yagura.node.Services;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.NodeRunner;
import dev.yagura.run.Outbox;
import dev.yagura.run.RunListener;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.run.FindingInputs;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains a finding with a workflow, in this process. Whatever the workflow does, an alert comes
 * out (design §1, invariant 2): when the run has ended without one, it is the floor.
 */
public final class FindingAnalysis implements AutoCloseable {
  private final LocalEngine engine;
  private final WorkflowVersion workflow;
  private final Language language;
  private final ZoneId zone;

  /**
   * @param models null for none
   */
  public FindingAnalysis(
      WorkflowVersion workflow, Language language, ZoneId zone, @Nullable Models models) {
    this.engine =
        models == null
            ? new LocalEngine(WithoutModels::new)
            : new LocalEngine(inner -> inner, floor -> services(floor, models));
    this.workflow =
        WorkflowFiles.withEnvironment(
            workflow, Value.object("language", language.text(), "time_zone", zone.getId()));
    this.language = language;
    this.zone = zone;
  }

  /** With the model; whatever a workflow looks up is looked up in what comes with the product. */
  private static Services services(Floor floor, Models models) {
    var library = Library.bundled(models);
    Catalogue catalogue = Catalogue.load();
    library.bases().bundle(CatalogueKnowledge.BASE, CatalogueKnowledge.documents(catalogue));
    library.bases().bundle(Handbook.BASE, Handbook.pages(catalogue));
    library.guessFrom(CatalogueKnowledge.phrases(catalogue));
    library.open();
    List<String> bundled = List.of(CatalogueKnowledge.BASE.id(), Handbook.BASE.id());
    Knowledge knowledge =
        asked ->
            library.retrieve(
                new Knowledge.Question(bundled, asked.text(), asked.search(), asked.filter()));
    Services offline = Services.offline(floor);
    return new Services(
        floor, models, knowledge, offline.egress(), offline.files(), offline.deadlines());
  }

  /** Nodes that need a model or knowledge say that there is none here. */
  private record WithoutModels(NodeRunner inner) implements NodeRunner {
    @Override
    public Outcome run(NodeCall call) throws InterruptedException {
      return switch (call.node().type()) {
        case "llm", "knowledge-retrieval" ->
            throw Failure.user("ModelNotSetUp", AlertOrder.NO_MODEL).asException();
        default -> inner.run(call);
      };
    }
  }

  /** Never without an answer: what the workflow cannot do is the reason that the floor gives. */
  public Alert analyze(Finding finding) {
    RunId id = LocalEngine.newId();
    try {
      return byWorkflow(finding, id);
    } catch (FlowException broken) {
      return floor(finding, broken.failure().message());
    } finally {
      engine.store().forget(id);
    }
  }

  private Alert byWorkflow(Finding finding, RunId id) {
    Value.Obj inputs = FindingInputs.of(finding, workflow.graph());
    RunState state = engine.run(id, workflow, inputs, Value.EMPTY, RunListener.NONE);
    for (Outbox.Item item : engine.store().of(id)) {
      if (item.effect().kind().equals(AlertOrder.EFFECT)) {
        AlertOrder order = AlertOrder.of(item.effect());
        if (FindingInputs.isAbout(order.finding(), finding)) {
          return order.write(engine.floor());
        }
      }
    }
    Failure failure = state.failure();
    return floor(finding, failure == null ? "the workflow made no alert" : failure.message());
  }

  private Alert floor(Finding finding, String reason) {
    return engine.floor().write(finding, language, zone, reason);
  }

  @Override
  public void close() {
    engine.close();
  }
}
