package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.server.TestServer.Answer;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Keys;
import dev.yagura.server.rule.Ruling;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Findings and other events go in over HTTP; rules say what becomes of them. */
@Timeout(90)
class FindingRulesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Samples SAMPLES = new Samples(Catalogue.load());
  private static final String TROJAN = "Trojan:EC2/DropPoint";
  private static final String RECON = "Recon:EC2/Portscan";
  private static final String TROJANS =
      "{\"source\":[\"aws.guardduty\"],\"detail-type\":[\"GuardDuty Finding\"],"
          + "\"detail\":{\"type\":[{\"prefix\":\"Trojan:\"}]}}";
  private static final String LOGIN =
      "{\"source\":\"aws.signin\",\"detail-type\":\"AWS Console Sign In via CloudTrail\","
          + "\"id\":\"e-1\",\"detail\":{\"eventName\":\"ConsoleLogin\"}}";
  private static final String LOGINS =
      "{\"source\":[\"aws.signin\"],\"detail-type\":[{\"prefix\":\"AWS Console\"}]}";

  @TempDir Path folder;

  private TestServer server;
  private String intake;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of());
    intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer rule(String name, String pattern, String action) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("name", name).put("pattern", pattern);
    body.setAll((ObjectNode) JSON.readTree(action));
    return server.post("/api/rules", server.adminToken(), body.toString());
  }

  private static String suppress(Instant until) {
    return "{\"suppress\":{\"until\":\"" + until + "\",\"reason\":\"pentest\",\"by\":\"red\"}}";
  }

  private Answer send(String event) {
    return server.post("/v1/findings", intake, event);
  }

  private static String finding(String type) {
    return SAMPLES.event(type).toString();
  }

  /** A workflow that hears something and makes no alert of it. */
  private App silent(String input) {
    String dsl = TestWorkflows.echo("Silent " + input).replace("query", input);
    App app = server.engine().apps().add("x.yml", dsl, Map.of(), Map.of()).app();
    return server.engine().apps().publish(app);
  }

  private void awaitHandled() {
    while (!server.engine().store().findings().unhandled(1).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_rule_chooses_the_workflow() throws Exception {
    App app = silent("finding");
    Answer set = rule("trojans", TROJANS, "{\"workflow\":\"Silent finding\"}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.json().path("warnings")).isEmpty();
    assertThat(send(finding(TROJAN)).status()).isEqualTo(202);
    assertThat(server.slack().next(30).toString())
        .as("the floor goes out all the same")
        .contains("DropPoint", "the workflow made no alert");
    send(finding(RECON));
    assertThat(server.slack().next(30).toString())
        .contains("Portscan")
        .doesNotContain("the workflow made no alert");
    server.engine().workflowRemoval().remove(app);
    send(finding("Trojan:EC2/BlackholeTraffic"));
    assertThat(server.slack().next(30).toString())
        .as("where the workflow is deleted the default one explains it")
        .contains("BlackholeTraffic")
        .doesNotContain("the workflow made no alert");
    assertThat(server.get("/api/rules", server.adminToken()).json().at("/data/0/workflow").asText())
        .isEmpty();
  }

  @Test
  void what_is_suppressed_is_kept_and_counted_and_no_alert_goes_out() throws Exception {
    rule("quiet", TROJANS, suppress(Instant.now().plus(Duration.ofDays(1))));
    Answer first = send(finding(TROJAN));
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().path("duplicate").asBoolean()).isFalse();
    assertThat(first.json().path("suppressed").asText()).isEqualTo("pentest");
    Answer again = send(finding(TROJAN));
    assertThat(again.json().path("duplicate").asBoolean()).isTrue();
    assertThat(again.json().path("suppressed").asText()).isEqualTo("pentest");
    String appKey = server.publish(TestWorkflows.echo("Own").replace("query", "finding"));
    Answer own = server.post("/v1/findings", appKey, finding("Trojan:EC2/BlackholeTraffic"));
    assertThat(own.json().path("suppressed").asText()).isEqualTo("pentest");
    Answer both = send("[" + finding(RECON) + "," + finding(TROJAN) + "]");
    assertThat(both.json().has("suppressed")).isFalse();
    assertThat(both.json().at("/findings/1/suppressed").asText()).isEqualTo("pentest");
    assertThat(server.slack().next(30).toString()).contains("Portscan");
    awaitHandled();
    assertThat(server.slack().next(0)).isNull();
    var rules = server.get("/api/rules", server.adminToken()).json().path("data");
    assertThat(rules.get(0).path("exempt").asInt()).isEqualTo(2);
    assertThat(rules.get(0).path("active").asBoolean()).isTrue();
    var log = server.get("/api/rules/exempt", server.adminToken()).json().path("data");
    assertThat(log).hasSize(2);
    assertThat(log.get(1).path("event").asText()).startsWith(TROJAN);
    assertThat(log.get(1).path("reason").asText()).isEqualTo("pentest");
    while (!server.get("/metrics", null).text().contains("yagura_findings_exempt_total 2")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void an_expired_suppression_lets_alerts_out() throws Exception {
    rule("quiet", TROJANS, suppress(Instant.now().plus(Duration.ofDays(1))));
    var records = server.engine().store().records();
    String body = records.find("rule", "quiet").orElseThrow().body();
    server.close();
    try (var store = dev.yagura.store.Store.open(folder.resolve("data"), Instant::now)) {
      ObjectNode old = (ObjectNode) JSON.readTree(body);
      store.records().put("rule", "quiet", old.put("until", "2026-01-01T00:00:00Z").toString());
    }
    start();
    assertThat(send(finding(TROJAN)).json().has("suppressed")).isFalse();
    assertThat(server.slack().next(30).toString()).contains("DropPoint");
    assertThat(
            server.get("/api/rules", server.adminToken()).json().at("/data/0/active").asBoolean())
        .isFalse();
  }

  @Test
  void after_a_crash_before_it_was_handled_a_suppressed_finding_stays_quiet() throws Exception {
    var quiet = new Ruling.Exempt("gone", true, "pentest");
    var accepted =
        new Accepted(
            TimeId.at(Instant.now()), "r", "f", finding(TROJAN), Instant.now(), quiet.kept());
    assertThat(server.engine().store().findings().accept(accepted).duplicate()).isFalse();
    awaitHandled();
    assertThat(server.engine().store().outbox().counts().values()).allMatch(count -> count == 0);
    assertThat(server.slack().next(0)).isNull();
  }

  @Test
  void ignored_ones_are_named_by_their_rule() throws Exception {
    rule("noise", TROJANS, "{\"ignore\":true}");
    Answer answer = send(finding(TROJAN));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("ignored").asText()).isEqualTo("noise");
    awaitHandled();
    assertThat(server.slack().next(0)).isNull();
  }

  @Test
  void another_event_is_refused_until_a_rule_gives_it_a_workflow() throws Exception {
    Answer refused = send(LOGIN);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("message").asText())
        .contains("an event 'AWS Console Sign In via CloudTrail' from aws.signin is no finding");
    App app = silent("event");
    assertThat(rule("logins", LOGINS, "{\"workflow\":\"Silent event\"}").status()).isEqualTo(200);
    Answer taken = send(LOGIN);
    assertThat(taken.status()).as(taken.text()).isEqualTo(202);
    awaitHandled();
    String id = taken.json().path("id").asText();
    var run = server.engine().store().journal().find(new RunId(TimeId.derived(id, "finding")));
    assertThat(run.orElseThrow().origin().app()).isEqualTo(app.id());
    assertThat(server.engine().store().journal().logs(run.orElseThrow().id()).toString())
        .contains("ConsoleLogin");
    assertThat(send(LOGIN).json().path("duplicate").asBoolean()).isTrue();
    assertThat(send(LOGIN.replace("e-1", "e-2")).json().path("duplicate").asBoolean()).isFalse();
    assertThat(
            server.post("/v1/findings", server.publish(TestWorkflows.echo("Own")), LOGIN).status())
        .as("the key of an app takes findings only")
        .isEqualTo(400);
    awaitHandled();
    assertThat(server.slack().next(0)).isNull();
  }

  @Test
  void an_event_whose_workflow_fails_is_handled_and_the_next_one_is_worked_on() throws Exception {
    silent("question");
    rule("logins", LOGINS, "{\"workflow\":\"Silent question\"}");
    assertThat(send(LOGIN).status()).isEqualTo(202);
    awaitHandled();
    send(finding(RECON));
    assertThat(server.slack().next(30).toString()).contains("Portscan");
  }

  @Test
  void rules_are_tried_and_wrong_ones_refused() throws Exception {
    Answer wrong = rule("x", "{\"detail\":{\"severity\":5}}", "{\"ignore\":true}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("message").asText()).contains("must be an object or an array");
    assertThat(rule("x", TROJANS, "{}").json().path("message").asText())
        .contains("expected: one of workflow, ignore, suppress");
    assertThat(rule("x", TROJANS, suppress(Instant.EPOCH)).json().path("message").asText())
        .contains("later than now");
    assertThat(rule("x", TROJANS, "{\"workflow\":\"None\"}").status()).isEqualTo(404);
    Answer never = rule("x", TROJANS.replace("\"type\":", "\"Type\":"), "{\"ignore\":true}");
    assertThat(never.json().path("warnings").toString()).contains("detail.Type", "never matches");
    assertThat(rule("x", "{\"source\":[\"aws.guardduty\"]}", "{\"ignore\":true}").text())
        .contains("findings of every type match: no alert goes out about any of them");
    String test = "{\"pattern\":" + TROJANS + ",\"events\":[" + finding(RECON) + "," + LOGIN + "]}";
    var tried = server.post("/api/rules/test", server.adminToken(), test).json().path("data");
    assertThat(tried.get(0).path("matches").asBoolean()).isFalse();
    assertThat(tried.get(0).path("reasons").toString()).contains("detail.type is");
    assertThat(tried.get(1).path("reasons").toString()).contains("source is");
    assertThat(server.send("DELETE", "/api/rules/x", server.adminToken(), null).status())
        .isEqualTo(200);
    assertThat(server.send("DELETE", "/api/rules/x", server.adminToken(), null).status())
        .isEqualTo(400);
    assertThat(server.get("/api/rules", intake).status()).isEqualTo(401);
  }
}
