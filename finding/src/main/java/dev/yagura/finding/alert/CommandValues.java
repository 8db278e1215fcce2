package dev.yagura.finding.alert;

import dev.yagura.finding.Action;
import dev.yagura.finding.Facts;
import dev.yagura.finding.Principal;
import dev.yagura.finding.Remote;
import dev.yagura.finding.Resource;
import dev.yagura.finding.Tree;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that may stand in a command. A value enters only when it has the form it should have,
 * because commands are copied into shells and findings are written by attackers; otherwise its name
 * in capitals stands there for a person to fill in.
 */
final class CommandValues {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9_]+)}");
  private static final String IP = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{3,39}";
  private static final String K8S = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";
  private static final String ARN = "arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[A-Za-z0-9/_:.-]+";

  private final Map<String, String> values = new HashMap<>();

  private CommandValues() {}

  static CommandValues of(Facts facts) {
    var values = new CommandValues();
    values.finding(facts);
    values.resource(facts.resource());
    facts.others().forEach(values::resource);
    if (facts.principal() != null) {
      values.principal(facts.principal());
    }
    values.action(facts.action());
    for (Tree actor : facts.finding().body().list("service.detection.sequence.actors")) {
      values.put("access_key_id", actor.text("user.credentialUid"), "A[KS]IA[A-Z0-9]{8,124}");
      values.put("principal_id", actor.text("user.uid"), "[A-Z0-9]{12,128}");
    }
    String key = values.values.get("access_key_id");
    if (key != null) {
      values.values.putIfAbsent(
          "trail_attribute", "AttributeKey=AccessKeyId,AttributeValue=" + key);
    }
    values.put("k8s_user", facts.kubernetesUser(), "[A-Za-z0-9][A-Za-z0-9:._@/-]{0,127}");
    if (facts.process() != null) {
      values.put("process_path", facts.process().path(), "(/[A-Za-z0-9._-]{1,64}){1,12}");
      values.put("pid", facts.process().pid(), "[1-9][0-9]{0,9}");
    }
    return values;
  }

  private void put(String name, @Nullable String value, String form) {
    if (value != null && value.matches(form)) {
      values.putIfAbsent(name, value);
    }
  }

  private void finding(Facts facts) {
    put("finding_id", facts.finding().id(), "[0-9a-f]{32}");
    put("region", facts.finding().region(), "[a-z]{2}(-[a-z]+)+-[0-9]");
    put("account", facts.finding().account(), "[0-9]{12}");
    put("detector_id", facts.finding().body().text("service.detectorId"), "[0-9a-f]{32}");
    if (facts.firstSeen() != null) {
      values.put("first_seen", facts.firstSeen().toString());
    }
  }

  private void resource(Resource resource) {
    switch (resource.kind()) {
      case INSTANCE -> {
        put("instance_id", resource.id(), "i-[0-9a-f]{8,17}");
        put("private_ip", resource.detail("privateIp"), IP);
        put("public_ip", resource.detail("publicIp"), IP);
        put("security_group", resource.detail("securityGroup"), "sg-[0-9a-f]{8,17}");
      }
      case S3_BUCKET -> put("bucket", resource.id(), "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
      case S3_OBJECT -> {
        put("object_key", resource.id(), "[A-Za-z0-9][A-Za-z0-9._/=+-]{0,199}");
        put("bucket", resource.detail("bucket"), "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
      }
      case EKS_CLUSTER, ECS_CLUSTER -> {
        put("cluster", resource.id(), "[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
        put("namespace", resource.detail("namespace"), K8S);
        put("workload", resource.detail("workload"), K8S);
        put("workload_type", resource.detail("workloadType"), "[a-z]{1,40}");
        put("task_arn", resource.detail("task"), ARN);
      }
      case DATABASE -> {
        put("db_instance", resource.id(), "[A-Za-z][A-Za-z0-9-]{0,62}");
        put("db_user", resource.detail("dbUser"), "[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
      }
      case FUNCTION -> put("function_name", resource.id(), "[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");
      default -> {}
    }
  }

  private void principal(Principal principal) {
    String name = "[A-Za-z0-9_][A-Za-z0-9_+=,.@-]{0,63}";
    put("user_name", principal.user(), name);
    put("role_name", principal.type().equals("AssumedRole") ? principal.user() : null, name);
    put("access_key_id", principal.accessKeyId(), "A[KS]IA[A-Z0-9]{8,124}");
    put("active_key_id", principal.accessKeyId(), "AKIA[A-Z0-9]{8,124}");
    put("principal_id", principal.principalId(), "[A-Z0-9]{12,128}(:[A-Za-z0-9_+=,.@-]{1,64})?");
    trail(principal);
  }

  /** CloudTrail's Username is the session's name for a role, and {@code root} for the root user. */
  private void trail(Principal principal) {
    String key = values.get("access_key_id");
    String user =
        switch (principal.type()) {
          case "Root" -> "root";
          case "AssumedRole" ->
              principal.session().matches("[A-Za-z0-9_+=,.@-]{2,64}") ? principal.session() : null;
          default -> values.get("user_name");
        };
    if (key != null) {
      values.put("trail_attribute", "AttributeKey=AccessKeyId,AttributeValue=" + key);
    } else if (user != null) {
      values.put("trail_attribute", "AttributeKey=Username,AttributeValue=" + user);
    }
  }

  private void action(Action action) {
    switch (action) {
      case Action.NetworkConnection connection -> {
        remote(connection.remote());
        port(connection.localPort());
      }
      case Action.PortProbe probe -> {
        if (!probe.probes().isEmpty()) {
          remote(probe.probes().getFirst().remote());
          port(probe.probes().getFirst().port());
        }
      }
      case Action.ApiCall call -> remote(call.remote());
      case Action.KubernetesCall call -> remote(call.remote());
      case Action.DatabaseLogin login -> {
        remote(login.remote());
        if (!login.logins().isEmpty()) {
          put("db_user", login.logins().getFirst().user(), "[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
        }
      }
      case Action.DnsRequest dns -> {}
      case Action.Other other -> {}
    }
  }

  private void remote(Remote remote) {
    put("remote_ip", remote.ip(), IP);
  }

  private void port(@Nullable Integer port) {
    if (port != null && port > 0 && port <= 65_535) {
      values.put("port", port.toString());
    }
  }

  /** The text with every place filled: by its value, or by its name in capitals. */
  String fill(String template) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String name = place.group(1);
              String value = values.get(name);
              return Matcher.quoteReplacement(
                  value != null ? value : name.toUpperCase(Locale.ROOT));
            });
  }
}
