package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.graph.RunStatus;
import dev.yagura.run.RunRecord;
import dev.yagura.server.TestServer;
import dev.yagura.server.TestWorkflows;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Keys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deleting workflows: what goes, what stays, and that alerts go out all the same. */
@Timeout(120)
class WorkflowRemovalTest {
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";
  private static final Samples SAMPLES = new Samples(Catalogue.load());
  private static final String BODY =
      "{\"inputs\": {\"query\": \"hi\"}, \"response_mode\": \"blocking\", \"user\": \"alice\"}";

  @TempDir Path folder;

  private TestServer server;
  private int sent;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String finding() {
    var event = SAMPLES.event(TYPE);
    event.withObject("/detail").put("id", String.format("%032x", ++sent));
    event.withObject("/detail").put("accountId", Long.toString(700_000_000_000L + sent));
    return event.toString();
  }

  private String alert() throws InterruptedException {
    JsonNode message = server.slack().next(40);
    assertThat(message).isNotNull();
    return message.toString();
  }

  private JsonNode delete(String workflow) {
    var answer = server.send("DELETE", "/api/workflows/" + workflow, server.adminToken(), null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static String held(String url) {
    return TestWorkflows.echo("Held")
        .replace(
            "type: template-transform, title: Say, template: 'You said {{ q }}',",
            "type: http-request, title: Say, method: get, url: '" + url + "', headers: '',")
        .replace("variables: [{variable: q, value_selector: [start, query]}]}}", "params: ''}}")
        .replace("[say, output]", "[say, body]");
  }

  @Test
  void a_deleted_workflow_has_no_keys_and_nobody_knows_it() {
    String key = server.publish(TestWorkflows.echo("Echo"));
    App app = server.engine().apps().named("Echo");
    server.engine().keys().make(Keys.Kind.APP, app.id());
    String other = server.publish(TestWorkflows.echo("Other"));
    server.post("/v1/workflows/run", key, BODY);
    JsonNode deleted = delete("Echo");
    assertThat(deleted.path("keys").asInt()).isEqualTo(2);
    assertThat(deleted.path("runs").asInt()).isZero();
    assertThat(deleted.path("findings").asBoolean()).isFalse();
    assertThat(deleted.path("default").asText()).isEqualTo("GuardDutyHandler");
    var refused = server.post("/v1/workflows/run", key, BODY);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text())
        .isEqualTo(server.post("/v1/workflows/run", "app-unknown", BODY).text());
    assertThat(server.post("/v1/findings", key, finding()).status()).isEqualTo(401);
    assertThat(server.post("/v1/workflows/run", other, BODY).status()).isEqualTo(200);
    assertThat(server.engine().apps().versions().find(app.published())).isEmpty();
    assertThat(server.engine().store().workflows().find(app.draft())).isEmpty();
    var again = server.send("DELETE", "/api/workflows/Echo", server.adminToken(), null);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text()).contains("there is no workflow 'Echo'").contains("Other");
    assertThat(server.send("DELETE", "/api/workflows/Other", other, null).status()).isEqualTo(401);
  }

  @Test
  void the_very_name_comes_before_one_in_other_letters() {
    server.publish(TestWorkflows.echo("Echo"));
    server.publish(TestWorkflows.echo("echo"));
    assertThat(delete("echo").path("name").asText()).isEqualTo("echo");
    assertThat(server.engine().apps().named("ECHO").name()).isEqualTo("Echo");
  }

  @Test
  void a_run_under_way_ends_normally_and_stays() throws Exception {
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    HttpServer slow = slow(arrived, release);
    try {
      String key = server.publish(held("http://127.0.0.1:" + slow.getAddress().getPort() + "/"));
      App app = server.engine().apps().named("Held");
      var answer = CompletableFuture.supplyAsync(() -> server.post("/v1/workflows/run", key, BODY));
      arrived.await();
      assertThat(delete("Held").path("runs").asInt()).isEqualTo(1);
      assertThat(server.engine().apps().versions().find(app.published())).isPresent();
      release.countDown();
      JsonNode data = answer.get(60, TimeUnit.SECONDS).json().path("data");
      assertThat(data.path("status").asText()).isEqualTo("succeeded");
      assertThat(data.path("outputs").path("answer").asText()).isEqualTo("ready");
      var run = new RunId(data.path("id").asText());
      assertThat(server.engine().store().journal().find(run)).isPresent();
      assertThat(server.engine().store().journal().logs(run)).hasSize(3);
    } finally {
      release.countDown();
      slow.stop(0);
    }
  }

  @Test
  void a_run_under_way_goes_on_after_a_stop() throws Exception {
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    HttpServer slow = slow(arrived, release);
    try {
      String key = server.publish(held("http://127.0.0.1:" + slow.getAddress().getPort() + "/"));
      var answer = CompletableFuture.supplyAsync(() -> server.post("/v1/workflows/run", key, BODY));
      arrived.await();
      RunRecord run = server.engine().store().journal().open().getFirst();
      delete("Held");
      server.close();
      assertThat(answer.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
      release.countDown();
      server = new TestServer(folder, Map.of());
      var end = server.engine().runs().running(run.id());
      if (end.isPresent()) {
        server.engine().runs().await(end.get());
      }
      assertThat(server.engine().store().journal().find(run.id()).orElseThrow().status())
          .isEqualTo(RunStatus.SUCCEEDED);
      assertThat(server.engine().apps().deleteLeftovers(Set.of())).isEqualTo(1);
      assertThat(server.engine().apps().versions().find(run.workflow())).isEmpty();
    } finally {
      release.countDown();
      slow.stop(0);
    }
  }

  private static HttpServer slow(CountDownLatch arrived, CountDownLatch release)
      throws IOException {
    HttpServer slow = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    slow.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    slow.createContext(
        "/",
        exchange -> {
          arrived.countDown();
          try {
            release.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          byte[] body = "ready".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    slow.start();
    return slow;
  }

  @Test
  void without_the_default_workflow_an_alert_goes_out_and_the_next_start_brings_it_back()
      throws Exception {
    String intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
    JsonNode deleted = delete("GuardDutyHandler");
    assertThat(deleted.path("findings").asBoolean()).isTrue();
    assertThat(deleted.has("default")).isFalse();
    assertThat(deleted.path("workflows").asInt()).isZero();
    assertThat(server.post("/v1/findings", intake, finding()).status()).isEqualTo(202);
    assertThat(alert()).contains("no workflow is set up for findings").contains("Do now");
    server.close();
    server = new TestServer(folder, Map.of());
    assertThat(server.engine().apps().named("GuardDutyHandler").published()).isNotEmpty();
    assertThat(server.post("/v1/findings", intake, finding()).status()).isEqualTo(202);
    assertThat(alert()).contains("Do now").doesNotContain("no workflow is set up");
  }

  @Test
  void findings_go_to_the_oldest_that_is_published_after_the_default_one() throws Exception {
    String intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
    server.publish(TestWorkflows.echo("Echo"));
    assertThat(delete("GuardDutyHandler").path("default").asText()).isEqualTo("Echo");
    assertThat(server.post("/v1/findings", intake, finding()).status()).isEqualTo(202);
    assertThat(alert()).contains("query is required in input form").contains("Do now");
  }

  @Test
  void a_finding_that_was_accepted_for_a_deleted_workflow_goes_to_the_default_one()
      throws Exception {
    server.publish(TestWorkflows.echo("Echo"));
    String app = delete("Echo").path("id").asText();
    var intake = server.engine().desk().accept(finding().getBytes(StandardCharsets.UTF_8), app);
    assertThat(alert()).contains("Do now").doesNotContain("no workflow is set up");
    var run = new RunId(TimeId.derived(intake.receipts().getFirst().id(), "finding"));
    assertThat(server.engine().store().journal().find(run).orElseThrow().origin().app())
        .isEqualTo(server.engine().apps().named("GuardDutyHandler").id());
  }

  @Test
  void the_operations_are_described() {
    JsonNode paths = server.get("/api/openapi.json", null).json().path("paths");
    for (String path :
        new String[] {"/api/workflows/{id}", "/api/models/{provider}", "/api/slack"}) {
      JsonNode operation = paths.path(path).path("delete");
      assertThat(operation.path("summary").asText()).as(path).isNotBlank();
      assertThat(operation.path("security").size()).isEqualTo(1);
    }
  }
}
