package dev.yagura.server.http;

import dev.yagura.aws.sqs.QueueIntake;
import dev.yagura.aws.sqs.QueueStatus;
import dev.yagura.base.Boundary;
import dev.yagura.run.Outbox;
import dev.yagura.server.Engine;
import io.javalin.http.Context;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToLongFunction;

/** For load balancers and Prometheus. */
final class OpsRoutes {
  private final Engine engine;
  private final AtomicLongArray answers = new AtomicLongArray(6);

  OpsRoutes(Engine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes.get("/healthz", Permission.PUBLIC, (context, caller) -> context.result("ok"));
    routes.get(
        "/signin",
        Permission.PUBLIC,
        (context, caller) ->
            context.result("Yagura runs here. There is no console yet; see: yagura --help"));
    routes.get("/readyz", Permission.PUBLIC, this::ready);
    routes.get("/metrics", Permission.PUBLIC, this::metrics);
    routes.get(
        "/v1/",
        Permission.PUBLIC,
        (context, caller) ->
            Requests.answer(
                context,
                200,
                Json.object()
                    .put("welcome", "Dify OpenAPI")
                    .put("api_version", "v1")
                    .put("server_version", "yagura")));
  }

  /** Counts an answer by the first digit of its status. */
  void answered(int status) {
    answers.incrementAndGet(Math.clamp(status / 100, 0, 5));
  }

  @Boundary("a store that cannot be read means: not ready")
  private void ready(Context context, Caller caller) {
    boolean readable = false;
    try {
      readable = engine.store().outbox().counts() != null;
    } catch (RuntimeException broken) {
      context.header("X-Reason", "store");
    }
    boolean ready = engine.isReady() && readable;
    context.status(ready ? 200 : 503).result(ready ? "ready" : "not ready");
  }

  private void metrics(Context context, Caller caller) {
    var text = new StringBuilder();
    for (int i = 1; i < answers.length(); i++) {
      String label = "{status=\"" + i + "xx\"}";
      counter(text, "yagura_http_responses_total", label, answers.get(i));
    }
    counter(text, "yagura_runs_started_total", "", engine.runs().started());
    gauge(text, "yagura_runs_running", "", engine.runs().underWay());
    gauge(text, "yagura_runs_waiting", "", engine.runs().waiting());
    counter(text, "yagura_findings_accepted_total", "", engine.desk().accepted());
    counter(text, "yagura_findings_exempt_total", "", engine.desk().exempt());
    gauge(text, "yagura_findings_running", "", engine.desk().underWay());
    for (Map.Entry<Outbox.State, Integer> state : engine.store().outbox().counts().entrySet()) {
      String label = "{state=\"" + state.getKey().name().toLowerCase(Locale.ROOT) + "\"}";
      gauge(text, "yagura_alerts", label, state.getValue());
    }
    queues(text);
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    gauge(text, "yagura_heap_used_bytes", "", memory.getUsed());
    gauge(text, "yagura_heap_max_bytes", "", memory.getMax());
    gauge(
        text, "yagura_uptime_seconds", "", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    context.contentType("text/plain; version=0.0.4; charset=utf-8");
    context.result(text.toString());
  }

  /** All samples of a name stand together, as the format wants it. */
  private void queues(StringBuilder text) {
    Map<String, ToLongFunction<QueueStatus.Totals>> totals = new LinkedHashMap<>();
    totals.put("received", QueueStatus.Totals::received);
    totals.put("kept", QueueStatus.Totals::kept);
    totals.put("duplicates", QueueStatus.Totals::duplicates);
    totals.put("refused", QueueStatus.Totals::refused);
    totals.put("unburied", QueueStatus.Totals::unburied);
    totals.put("returned", QueueStatus.Totals::returned);
    List<QueueStatus> all = engine.queues().all().stream().map(QueueIntake::status).toList();
    for (QueueStatus queue : all) {
      boolean failing = queue.state() == QueueStatus.State.FAILING;
      gauge(text, "yagura_queue_failing", "{" + labels(queue) + "}", failing ? 1 : 0);
    }
    for (QueueStatus queue : all) {
      totals.forEach(
          (what, count) ->
              counter(
                  text,
                  "yagura_queue_messages_total",
                  "{" + labels(queue) + ",what=\"" + what + "\"}",
                  count.applyAsLong(queue.totals())));
    }
  }

  /** Names and Regions of queues have no character that must be escaped. */
  private static String labels(QueueStatus queue) {
    return "queue=\"" + queue.name() + "\",region=\"" + queue.region() + "\"";
  }

  private static void counter(StringBuilder text, String name, String label, long value) {
    sample(text, name, "counter", label, value);
  }

  private static void gauge(StringBuilder text, String name, String label, long value) {
    sample(text, name, "gauge", label, value);
  }

  private static void sample(
      StringBuilder text, String name, String type, String label, long value) {
    String head = "# TYPE " + name + " " + type + "\n";
    if (text.indexOf(head) < 0) {
      text.append(head);
    }
    text.append(name).append(label).append(' ').append(value).append('\n');
  }
}
