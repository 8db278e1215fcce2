package dev.yagura.finding.alert;

import dev.yagura.finding.Action;
import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.Principal;
import dev.yagura.finding.Remote;
import dev.yagura.finding.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was seen, in English sentences. */
final class EnglishActions {
  private EnglishActions() {}

  static Line resource(Line line, Resource resource) {
    if (resource.shown().isEmpty()) {
      return line.text("a resource that the finding does not name");
    }
    line.text("the " + resource.kind().label(Language.EN) + " ").name(resource.shown());
    List<Span> details = ResourceDetails.of(resource, LABELS, "named ", ", ");
    return details.isEmpty() ? line : line.text(" (").add(details).text(")");
  }

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("privateIp", "private "),
          Map.entry("publicIp", "public "),
          Map.entry("state", ""),
          Map.entry("instanceType", ""),
          Map.entry("access", "access "),
          Map.entry("bucket", "bucket "),
          Map.entry("namespace", "namespace "),
          Map.entry("workload", "workload "),
          Map.entry("workloadType", ""),
          Map.entry("image", "image "),
          Map.entry("launchType", ""),
          Map.entry("engine", ""),
          Map.entry("dbUser", "user "),
          Map.entry("database", "database "),
          Map.entry("model", "model "),
          Map.entry("guardrail", "guardrail "),
          Map.entry("userType", "type "));

  static void action(Line line, Facts facts) {
    switch (facts.action()) {
      case Action.DnsRequest dns -> {
        resource(line, facts.resource()).text(" asked DNS for ").hostile(dns.domain()).text(".");
        blocked(line, "request", dns.blocked());
        if (facts.process() == null) {
          line.text(" Which process asked is not in the finding.");
        }
      }
      case Action.NetworkConnection connection -> connection(line, facts, connection);
      case Action.PortProbe probe -> probe(line, facts, probe);
      case Action.ApiCall call -> apiCall(line, facts, call);
      case Action.KubernetesCall call -> kubernetes(line, facts, call);
      case Action.DatabaseLogin login -> login(line, facts, login);
      case Action.Other other -> other(line, facts);
    }
  }

  static void other(Line line, Facts facts) {
    if (facts.process() != null) {
      line.text("Runtime Monitoring saw activity on ");
      resource(line, facts.resource()).text(".");
    } else if (!facts.malware().threats().isEmpty()) {
      line.text("a malware scan looked at ");
      resource(line, facts.resource()).text(".");
    } else if (facts.sequence() != null) {
      line.text("GuardDuty joined several signals into one sequence.");
    } else {
      line.text("GuardDuty reports activity on ");
      resource(line, facts.resource()).text(".");
      String description = facts.finding().body().text("description", "");
      if (!description.isEmpty()) {
        line.text(" It describes it as ").hostile(description);
      }
    }
  }

  static void blocked(Line line, String what, @Nullable Boolean blocked) {
    if (blocked != null) {
      line.text(" The " + what + (blocked ? " was blocked." : " was not blocked."));
    }
  }

  static Line remote(Line line, Remote remote) {
    if (!remote.isKnown()) {
      return line.text("an address that the finding does not name");
    }
    if (!remote.ip().isEmpty()) {
      line.name(remote.ip());
    } else if (!remote.domain().isEmpty()) {
      line.hostile(remote.domain());
    } else {
      line.text("the AWS account ").name(remote.account());
    }
    List<String> where = new ArrayList<>();
    List.of(remote.city(), remote.country(), remote.organization()).stream()
        .filter(part -> !part.isEmpty())
        .forEach(where::add);
    if (!where.isEmpty()) {
      line.text(" (").names(where, ", ").text(")");
    }
    if (!remote.account().isEmpty() && !remote.ip().isEmpty()) {
      line.text(", AWS account ").name(remote.account());
    }
    return line;
  }

  static void port(Line line, @Nullable Integer port, String name) {
    if (port != null) {
      line.text(" port " + port);
      if (!name.isEmpty() && !name.equals("Unknown")) {
        line.text(" (").name(name).text(")");
      }
    }
  }

  static void connection(Line line, Facts facts, Action.NetworkConnection connection) {
    switch (connection.direction()) {
      case "INBOUND" -> {
        remote(line, connection.remote()).text(" connected to ");
        resource(line, facts.resource());
        if (connection.localPort() != null) {
          line.text(",");
          port(line, connection.localPort(), connection.localPortName());
        }
      }
      case "OUTBOUND" -> {
        resource(line, facts.resource()).text(" connected to ");
        remote(line, connection.remote());
        if (connection.remote().port() != null) {
          line.text(",");
          port(line, connection.remote().port(), connection.remote().portName());
        }
      }
      default -> {
        resource(line, facts.resource()).text(" exchanged traffic with ");
        remote(line, connection.remote());
      }
    }
    if (!connection.protocol().isEmpty()) {
      line.text(", ").name(connection.protocol());
    }
    line.text(".");
    if (!connection.direction().equals("INBOUND") && !connection.direction().equals("OUTBOUND")) {
      line.text(" Which side began is not in the finding.");
    }
    if (facts.finding().type().family().endsWith("BruteForce")) {
      boolean actor = facts.finding().role().equals("ACTOR");
      line.text(
          actor
              ? " The instance is the one that guesses passwords."
              : " Whether a login succeeded is not in the finding.");
    }
    blocked(line, "connection", connection.blocked());
  }

  static void probe(Line line, Facts facts, Action.PortProbe probe) {
    resource(line, facts.resource()).text(" was probed");
    String separator = ":";
    for (Action.Probe one : probe.probes()) {
      line.text(separator);
      port(line, one.port(), one.portName());
      line.text(" from ");
      remote(line, one.remote());
      separator = ";";
    }
    int more = probe.total() - probe.probes().size();
    line.text(more > 0 ? "; and " + more + " more." : ".");
    blocked(line, "probe", probe.blocked());
  }

  static Line principal(Line line, @Nullable Principal principal) {
    if (principal == null) {
      return line.text("an identity that the finding does not name");
    }
    switch (principal.type()) {
      case "Root" -> line.text("the root user");
      case "IAMUser" -> line.text("the IAM user ").name(principal.user());
      case "AssumedRole" -> line.text("the role ").name(principal.user());
      default -> line.text("the identity ").name(principal.user());
    }
    if (!principal.session().isEmpty()) {
      line.text(" (session ").name(principal.session()).text(")");
    }
    return principal.accessKeyId().isEmpty()
        ? line
        : line.text(" with the access key ").name(principal.accessKeyId());
  }

  static void apiCall(Line line, Facts facts, Action.ApiCall call) {
    principal(line, facts.principal()).text(" called ").name(call.api());
    if (!call.service().isEmpty()) {
      line.text(" of ").name(call.service());
    }
    if (facts.resource().kind() != Resource.Kind.ACCESS_KEY
        && !facts.resource().shown().isEmpty()) {
      line.text(" on ");
      resource(line, facts.resource());
    }
    line.text(" from ");
    remote(line, call.remote()).text(".");
    if (!call.error().isEmpty()) {
      line.text(" The call was refused: ").name(call.error()).text(".");
    }
    if (!call.userAgent().isEmpty()) {
      line.text(" Its user agent (self-declared) is ").hostile(call.userAgent()).text(".");
    }
  }

  static void kubernetes(Line line, Facts facts, Action.KubernetesCall call) {
    if (facts.kubernetesUser().isEmpty()) {
      line.text("a user that the finding does not name");
    } else {
      line.text("the Kubernetes user ").name(facts.kubernetesUser());
    }
    line.text(" sent ").name(call.verb().isEmpty() ? "a request" : call.verb());
    String target = call.requestUri().isEmpty() ? call.resource() : call.requestUri();
    if (!target.isEmpty()) {
      line.text(" for ").hostile(target);
    }
    line.text(" to ");
    resource(line, facts.resource()).text(" from ");
    remote(line, call.remote()).text(".");
    if (call.status() != null) {
      boolean allowed = call.status() < 400;
      line.text(
          " The cluster answered " + call.status() + (allowed ? " (allowed)." : " (refused)."));
    }
  }

  static void login(Line line, Facts facts, Action.DatabaseLogin login) {
    remote(line, login.remote())
        .text(login.logins().isEmpty() ? " connected to " : " tried to log in to ");
    resource(line, facts.resource());
    String separator = "";
    for (Action.Login one : login.logins()) {
      line.text(separator + " as ").name(one.user());
      line.text(": " + one.failed() + " failed, " + one.successful() + " succeeded");
      separator = ";";
    }
    line.text(".");
  }
}
