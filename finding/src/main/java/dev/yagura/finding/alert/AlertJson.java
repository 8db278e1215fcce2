package dev.yagura.finding.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.Facts;
import dev.yagura.finding.Finding;
import dev.yagura.finding.Principal;
import dev.yagura.finding.Resource;
import java.util.List;

/** An alert as JSON, for programs: one object per finding. */
public final class AlertJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AlertJson() {}

  /**
   * Keys: {@code finding{id,type,severity,account,region,resource,…}}, {@code summary}, {@code
   * severity} (the band), {@code next_steps[{text,commands}]}, {@code source} ({@code model} or
   * {@code floor}) and the other parts of the alert as plain text.
   */
  public static ObjectNode of(Alert alert) {
    ObjectNode json = JSON.objectNode();
    json.set("finding", finding(alert.facts()));
    json.put("summary", Span.plain(alert.headline()));
    json.put("severity", alert.severity().text());
    json.put("language", alert.language().text());
    json.put("sample", alert.facts().finding().isSample());
    json.put("what_happened", Span.plain(alert.happened()));
    json.put("why_it_matters", alert.why());
    json.put("often_harmless_when", alert.harmless());
    ArrayNode steps = json.putArray("next_steps");
    for (Alert.AlertStep step : alert.steps()) {
      ObjectNode one = steps.addObject();
      one.put("text", step.text());
      step.commands().forEach(one.putArray("commands")::add);
    }
    json.putObject("how_to_check").put("text", alert.check()).put("query", alert.query());
    json.put("analysis", alert.analysis());
    json.put("source", alert.source() == Alert.Source.MODEL ? "model" : "floor");
    json.put("about", Span.plain(alert.about()));
    json.put("sources", Span.plain(alert.sources()));
    ArrayNode links = json.putArray("links");
    alert
        .links()
        .forEach(link -> links.addObject().put("text", link.text()).put("url", link.url()));
    return json;
  }

  private static ObjectNode finding(Facts facts) {
    Finding finding = facts.finding();
    ObjectNode json = JSON.objectNode();
    json.put("id", finding.id());
    json.put("type", finding.type().name());
    if (finding.severity() == null) {
      json.putNull("severity");
    } else {
      json.put("severity", finding.severity());
    }
    json.put("account", finding.account());
    json.put("region", finding.region());
    Resource resource = facts.resource();
    json.put("resource", resource.shown());
    json.put("resource_type", resource.kind().brief());
    json.put("resource_name", resource.name());
    Principal principal = facts.principal();
    if (principal != null) {
      json.put("principal", principal.user());
      json.put("access_key_id", principal.accessKeyId());
    }
    json.put("count", facts.count());
    json.put("first_seen", facts.firstSeen() == null ? null : facts.firstSeen().toString());
    json.put("last_seen", facts.lastSeen() == null ? null : facts.lastSeen().toString());
    threats(json, facts.threatLists());
    return json;
  }

  private static void threats(ObjectNode json, List<String> names) {
    names.forEach(json.putArray("threat_lists")::add);
  }
}
