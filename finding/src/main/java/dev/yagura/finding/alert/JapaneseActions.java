package dev.yagura.finding.alert;

import dev.yagura.finding.Action;
import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.Principal;
import dev.yagura.finding.Remote;
import dev.yagura.finding.Resource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was seen, in Japanese sentences. */
final class JapaneseActions {
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("privateIp", "プライベート "),
          Map.entry("publicIp", "パブリック "),
          Map.entry("state", "状態 "),
          Map.entry("instanceType", ""),
          Map.entry("access", "公開状態 "),
          Map.entry("bucket", "バケット "),
          Map.entry("namespace", "名前空間 "),
          Map.entry("workload", "ワークロード "),
          Map.entry("workloadType", ""),
          Map.entry("image", "イメージ "),
          Map.entry("launchType", ""),
          Map.entry("engine", ""),
          Map.entry("dbUser", "ユーザー "),
          Map.entry("database", "データベース "),
          Map.entry("model", "モデル "),
          Map.entry("guardrail", "ガードレール "),
          Map.entry("userType", "種別 "));

  private JapaneseActions() {}

  static Line resource(Line line, Resource resource) {
    if (resource.shown().isEmpty()) {
      return line.text("検出結果に示されていないリソース");
    }
    line.text(resource.kind().label(Language.JA) + " ").name(resource.shown());
    List<Span> details = ResourceDetails.of(resource, LABELS, "名前 ", "、");
    return details.isEmpty() ? line : line.text("（").add(details).text("）");
  }

  static void action(Line line, Facts facts) {
    switch (facts.action()) {
      case Action.DnsRequest dns -> {
        resource(line, facts.resource())
            .text(" が、ドメイン ")
            .hostile(dns.domain())
            .text(" を DNS で問い合わせました。");
        blocked(line, "問い合わせ", dns.blocked());
        if (facts.process() == null) {
          line.text("どのプロセスが問い合わせたかは、この検出結果からは分かりません。");
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

  private static void other(Line line, Facts facts) {
    if (facts.process() != null) {
      line.text("Runtime Monitoring が ");
      resource(line, facts.resource()).text(" での活動を検出しました。");
    } else if (!facts.malware().threats().isEmpty()) {
      line.text("マルウェアスキャンが ");
      resource(line, facts.resource()).text(" を検査しました。");
    } else if (facts.sequence() != null) {
      line.text("GuardDuty が複数のシグナルを 1 つの流れとして結び付けました。");
    } else {
      line.text("GuardDuty が ");
      resource(line, facts.resource()).text(" に関する活動を報告しました。");
      String description = facts.finding().body().text("description", "");
      if (!description.isEmpty()) {
        line.text("GuardDuty の説明（英語）：").hostile(description).text("。");
      }
    }
  }

  private static void blocked(Line line, String what, @Nullable Boolean blocked) {
    if (blocked != null) {
      line.text(what + (blocked ? "はブロックされています。" : "はブロックされていません。"));
    }
  }

  private static Line remote(Line line, Remote remote) {
    if (!remote.isKnown()) {
      return line.text("検出結果に示されていない相手");
    }
    if (!remote.ip().isEmpty()) {
      line.name(remote.ip());
    } else if (!remote.domain().isEmpty()) {
      line.hostile(remote.domain());
    } else {
      line.text("AWS アカウント ").name(remote.account());
    }
    List<String> where =
        List.of(remote.city(), remote.country(), remote.organization()).stream()
            .filter(part -> !part.isEmpty())
            .toList();
    if (!where.isEmpty()) {
      line.text("（").names(where, "、").text("）");
    }
    if (!remote.account().isEmpty() && !remote.ip().isEmpty()) {
      line.text("、AWS アカウント ").name(remote.account());
    }
    return line;
  }

  private static void port(Line line, @Nullable Integer port, String name) {
    if (port != null) {
      line.text("ポート " + port);
      if (!name.isEmpty() && !name.equals("Unknown")) {
        line.text("（").name(name).text("）");
      }
    }
  }

  private static void connection(Line line, Facts facts, Action.NetworkConnection connection) {
    switch (connection.direction()) {
      case "INBOUND" -> {
        remote(line, connection.remote()).text(" から ");
        resource(line, facts.resource()).text(" ");
        if (connection.localPort() != null) {
          line.text("の");
          port(line, connection.localPort(), connection.localPortName());
        }
        line.text("への接続がありました");
      }
      case "OUTBOUND" -> {
        resource(line, facts.resource()).text(" が ");
        remote(line, connection.remote());
        if (connection.remote().port() != null) {
          line.text(" の");
          port(line, connection.remote().port(), connection.remote().portName());
        }
        line.text(" へ接続しました");
      }
      default -> {
        resource(line, facts.resource()).text(" が ");
        remote(line, connection.remote()).text(" と通信しました（どちらから始めたかは検出結果にありません）");
      }
    }
    if (!connection.protocol().isEmpty()) {
      line.text("（").name(connection.protocol()).text("）");
    }
    line.text("。");
    if (facts.finding().type().family().endsWith("BruteForce")) {
      line.text(
          facts.finding().role().equals("ACTOR")
              ? "このインスタンスがパスワードを総当たりしている側です。"
              : "ログインが成功したかどうかは、この検出結果からは分かりません。");
    }
    blocked(line, "接続", connection.blocked());
  }

  private static void probe(Line line, Facts facts, Action.PortProbe probe) {
    resource(line, facts.resource()).text(" が探索されました");
    String separator = "：";
    for (Action.Probe one : probe.probes()) {
      line.text(separator);
      remote(line, one.remote()).text(" から");
      port(line, one.port(), one.portName());
      separator = "、";
    }
    int more = probe.total() - probe.probes().size();
    line.text(more > 0 ? "、ほか " + more + " 件。" : "。");
    blocked(line, "探索", probe.blocked());
  }

  private static Line principal(Line line, @Nullable Principal principal) {
    if (principal == null) {
      return line.text("検出結果に示されていない利用者");
    }
    switch (principal.type()) {
      case "Root" -> line.text("ルートユーザー");
      case "IAMUser" -> line.text("IAM ユーザー ").name(principal.user());
      case "AssumedRole" -> line.text("ロール ").name(principal.user());
      default -> line.text("利用者 ").name(principal.user());
    }
    if (!principal.session().isEmpty()) {
      line.text("（セッション ").name(principal.session()).text("）");
    }
    return principal.accessKeyId().isEmpty()
        ? line
        : line.text("（アクセスキー ").name(principal.accessKeyId()).text("）");
  }

  private static void apiCall(Line line, Facts facts, Action.ApiCall call) {
    principal(line, facts.principal()).text(" が、");
    remote(line, call.remote()).text(" から");
    if (facts.resource().kind() != Resource.Kind.ACCESS_KEY
        && !facts.resource().shown().isEmpty()) {
      line.text("、");
      resource(line, facts.resource()).text(" に対して");
    }
    line.text(" ").name(call.api());
    if (!call.service().isEmpty()) {
      line.text("（").name(call.service()).text("）");
    }
    line.text(" を呼び出しました。");
    if (!call.error().isEmpty()) {
      line.text("呼び出しは拒否されました：").name(call.error()).text("。");
    }
    if (!call.userAgent().isEmpty()) {
      line.text("呼び出し元のプログラム（自己申告）は ").hostile(call.userAgent()).text(" です。");
    }
  }

  private static void kubernetes(Line line, Facts facts, Action.KubernetesCall call) {
    if (facts.kubernetesUser().isEmpty()) {
      line.text("検出結果に示されていないユーザー");
    } else {
      line.text("Kubernetes のユーザー ").name(facts.kubernetesUser());
    }
    line.text(" が、");
    remote(line, call.remote()).text(" から ");
    resource(line, facts.resource()).text(" に ");
    line.name(call.verb().isEmpty() ? "?" : call.verb());
    String target = call.requestUri().isEmpty() ? call.resource() : call.requestUri();
    if (!target.isEmpty()) {
      line.text("（").hostile(target).text("）");
    }
    line.text(" を送信しました。");
    if (call.status() != null) {
      boolean allowed = call.status() < 400;
      line.text("クラスターの応答は " + call.status() + (allowed ? "（許可）です。" : "（拒否）です。"));
    }
  }

  private static void login(Line line, Facts facts, Action.DatabaseLogin login) {
    remote(line, login.remote()).text(" から ");
    resource(line, facts.resource())
        .text(login.logins().isEmpty() ? " への接続がありました" : " へのログインが試されました");
    String separator = "：";
    for (Action.Login one : login.logins()) {
      line.text(separator + "ユーザー ").name(one.user());
      line.text("、失敗 " + one.failed() + " 回、成功 " + one.successful() + " 回");
      separator = "；";
    }
    line.text("。");
  }
}
