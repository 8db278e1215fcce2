package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.finding.FindingReader;
import dev.yagura.run.FindingStore.Receipt;
import dev.yagura.server.Engine;
import dev.yagura.server.app.App;
import dev.yagura.server.rule.Ruling;
import dev.yagura.server.run.FindingIntake;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * The intake: an EventBridge event or a finding, or several of them. 202 means that they are
 * durable.
 */
final class FindingRoutes {
  /** Longest body; a finding has a limit of its own. */
  private static final int MAX_BYTES = FindingReader.MAX_FINDING_BYTES * 5;

  private static final int MAX_PROBLEMS = 20;

  private final Engine engine;

  FindingRoutes(Engine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes.post("/v1/findings", Permission.INTAKE, this::accept);
  }

  private void accept(Context context, Caller caller) {
    App app = caller.app();
    FindingIntake.Answer intake =
        engine.desk().accept(Requests.bytes(context, MAX_BYTES), app == null ? "" : app.id());
    if (intake.receipts().isEmpty()) {
      throw Failure.user("unusable_finding", String.join("; ", shown(intake))).asException();
    }
    ObjectNode answer = Json.object();
    describe(answer, intake.receipts().getFirst(), intake);
    if (intake.receipts().size() > 1) {
      ArrayNode all = answer.putArray("findings");
      intake.receipts().forEach(one -> describe(all.addObject(), one, intake));
    }
    if (!intake.problems().isEmpty()) {
      shown(intake).forEach(answer.putArray("refused")::add);
    }
    Requests.answer(context, 202, answer);
  }

  private static void describe(ObjectNode answer, Receipt one, FindingIntake.Answer intake) {
    answer.put("id", one.id()).put("duplicate", one.duplicate());
    if (!one.duplicate() && !one.thread().equals(one.id())) {
      answer.put("repeats", one.thread());
    }
    Ruling.Exempt exempt = intake.exempt().get(one.id());
    if (exempt != null) {
      answer.put(
          exempt.suppressed() ? "suppressed" : "ignored",
          exempt.suppressed() ? exempt.reason() : exempt.rule());
    }
  }

  /** The first problems, and how many more there are. */
  private static List<String> shown(FindingIntake.Answer intake) {
    List<String> shown = new ArrayList<>();
    intake.problems().stream().limit(MAX_PROBLEMS).forEach(one -> shown.add(one.toString()));
    if (intake.problems().size() > MAX_PROBLEMS) {
      shown.add("and " + (intake.problems().size() - MAX_PROBLEMS) + " more");
    }
    return shown;
  }
}
