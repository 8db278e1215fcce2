package dev.yagura.server.cli;

import dev.yagura.finding.Language;
import java.nio.file.Path;

/** What the demo says, in both languages. */
final class DemoWords {
  private final boolean japanese;

  DemoWords(Language language) {
    this.japanese = language == Language.JA;
  }

  String intro(int findings) {
    return japanese
        ? "Yagura のデモです。この端末だけで動き、外部とは通信しません。\n"
            + "GuardDuty のサンプル検出結果 "
            + findings
            + " 件を HTTP で受け取り、ワークフローで説明を作り、Slack の代役に届けます。\n"
            + "モデルはまだ登録していないので、説明はカタログから作られます。\n"
        : "The demo of Yagura. It runs on this machine alone, without any network.\n"
            + "It takes "
            + findings
            + " sample findings of GuardDuty in over HTTP, explains them with a workflow, and"
            + " delivers the alerts to something that stands in for Slack.\n"
            + "No model is registered yet, so the explanations come from the catalogue.\n";
  }

  String heading(int number, int of) {
    return "── Slack  #security-alerts  " + number + "/" + of + " " + "─".repeat(30);
  }

  String summary(int shown, int taken) {
    if (japanese) {
      return "検出結果 " + taken + " 件を受け取り、Slack に " + shown + " 件届きました。\n" + todo();
    }
    return taken + " findings were accepted, " + shown + " alerts arrived in Slack.\n" + todo();
  }

  private String todo() {
    return japanese
        ? """

        次にすること(docs/walkthrough.ja.md に全手順があります):
          ./yagura serve                             サーバーを起動する
          ./yagura slack set -                       自分の Slack の Webhook を登録する
          ./yagura model add bedrock --model ID      Amazon Bedrock のモデルを登録する
          ./yagura knowledge add runbooks/           手順書を知識として加える
          ./yagura key create --intake               EventBridge や Lambda のためのキーを作る
        """
        : """

        What to do next (docs/walkthrough.md has every step):
          ./yagura serve                             start the server
          ./yagura slack set -                       your own Slack webhook
          ./yagura model add bedrock --model ID      a model on Amazon Bedrock
          ./yagura knowledge add runbooks/           your runbooks as knowledge
          ./yagura key create --intake               a key for EventBridge or Lambda
        """;
  }

  String next(String url, String key, Path data) {
    String curl =
        "  ./yagura sample | head -n 1 | curl -H 'Authorization: Bearer "
            + key
            + "' --data-binary @- "
            + url
            + "/v1/findings\n";
    return japanese
        ? "デモのサーバーは "
            + url
            + " で動いています(Ctrl-C で終わり、データは消えます)。\n"
            + "検出結果を送ってみる:\n"
            + curl
            + "中を見る: ./yagura workflow list --data "
            + data
        : "The demo's server stays at "
            + url
            + " (Ctrl-C ends it and deletes its data).\n"
            + "Hand a finding in:\n"
            + curl
            + "Look inside: ./yagura workflow list --data "
            + data;
  }
}
