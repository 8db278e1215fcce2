package dev.yagura.server.http;

import dev.yagura.base.Boundary;
import dev.yagura.run.Outbox;
import dev.yagura.server.Engine;
import io.javalin.http.Context;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

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
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    gauge(text, "yagura_heap_used_bytes", "", memory.getUsed());
    gauge(text, "yagura_heap_max_bytes", "", memory.getMax());
    gauge(
        text, "yagura_uptime_seconds", "", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    context.contentType("text/plain; version=0.0.4; charset=utf-8");
    context.result(text.toString());
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
