package dev.yagura.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.finding.FindingReader.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** guardduty.md §2.1: every shape becomes the same finding. */
class FindingReaderTest {
  private static final String CAMEL =
      """
      {"accountId":"123456789012","region":"us-west-2","id":"eab59ed2edadbbeec48f69680ca4e979",
       "type":"Trojan:EC2/DGADomainRequest.C!DNS","severity":8,"updatedAt":"2026-01-02T03:04:05Z",
       "resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-0123456789abcdef0"}},
       "service":{"count":2,"additionalInfo":{"value":"{\\"sample\\":true,\\"threatListName\\":\\"L\\"}","type":"default"}}}
      """
          .replace("\n", "");
  private static final String PASCAL =
      """
      {"AccountId":"123456789012","Region":"us-west-2","Id":"eab59ed2edadbbeec48f69680ca4e979",
       "Type":"Trojan:EC2/DGADomainRequest.C!DNS","Severity":8.0,"UpdatedAt":"2026-01-02T03:04:05Z",
       "Resource":{"ResourceType":"Instance","InstanceDetails":{"InstanceId":"i-0123456789abcdef0"}},
       "Service":{"Count":2,"AdditionalInfo":{"Value":"{\\"sample\\":true,\\"threatListName\\":\\"L\\"}","Type":"default"}}}
      """
          .replace("\n", "");

  private static String envelope(String detail) {
    return "{\"version\":\"0\",\"detail-type\":\"GuardDuty Finding\",\"source\":\"aws.guardduty\",\"account\":\"123456789012\",\"region\":\"us-west-2\",\"detail\":%s}"
        .formatted(detail);
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static List<Item> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Item> read(byte[] bytes) {
    try {
      return FindingReader.read("finding.json", new ByteArrayInputStream(bytes));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Finding one(String text) {
    List<Item> items = read(text);
    assertThat(items).singleElement().isInstanceOf(Item.Accepted.class);
    return ((Item.Accepted) items.getFirst()).finding();
  }

  private static String refusal(List<Item> items) {
    assertThat(items).singleElement().isInstanceOf(Item.Refused.class);
    return ((Item.Refused) items.getFirst()).problem().toString();
  }

  private static void assertSame(Finding finding) {
    assertThat(finding.id()).isEqualTo("eab59ed2edadbbeec48f69680ca4e979");
    assertThat(finding.type().artifact()).isEqualTo("DNS");
    assertThat(finding.severity()).isEqualTo(8);
    assertThat(finding.account()).isEqualTo("123456789012");
    assertThat(finding.region()).isEqualTo("us-west-2");
    assertThat(finding.isSample()).isTrue();
    assertThat(finding.body().text("resource.instanceDetails.instanceId"))
        .isEqualTo("i-0123456789abcdef0");
    assertThat(finding.revision())
        .isEqualTo("eab59ed2edadbbeec48f69680ca4e979@2026-01-02T03:04:05Z");
    assertThat(Facts.of(finding).threatLists()).containsExactly("L");
  }

  @Test
  void documents_that_follow_each_other_over_several_lines_are_all_read() {
    String pretty = CAMEL.replace(",\"", ",\n\"");
    assertThat(read(pretty + "\n" + pretty)).hasSize(2).allMatch(Item.Accepted.class::isInstance);
  }

  @Test
  void all_five_shapes_and_their_wrappings_become_the_same_finding() {
    assertSame(one(envelope(CAMEL)));
    assertSame(one("{\"findings\":[" + CAMEL + "]}"));
    assertSame(one("{\"Findings\":[" + PASCAL + "]}"));
    assertSame(one(CAMEL));
    assertSame(one(envelope(PASCAL)));
    assertSame(one("[" + PASCAL + "]"));
    assertSame(one("{\"Type\":\"Notification\",\"Message\":" + quoted(envelope(CAMEL)) + "}"));
    assertSame(
        one(
            "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":"
                + quoted(envelope(CAMEL))
                + "}}]}"));
    assertSame(
        one("{\"Records\":[{\"messageId\":\"1\",\"body\":" + quoted(envelope(CAMEL)) + "}]}"));
    String sns = "{\"Type\":\"Notification\",\"Message\":" + quoted(envelope(CAMEL)) + "}";
    assertSame(one("{\"Records\":[{\"body\":" + quoted(sns) + "}]}"));
    assertSame(one("{\"Messages\":[{\"Body\":" + quoted(envelope(CAMEL)) + "}]}"));
  }

  @Test
  void lists_lines_and_gzip_are_read() throws IOException {
    assertThat(read("[" + CAMEL + "," + PASCAL + "]")).hasSize(2);
    assertThat(read(CAMEL + "\n\n" + CAMEL + "\r\n"))
        .hasSize(2)
        .allMatch(Item.Accepted.class::isInstance);
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write((CAMEL + "\n" + CAMEL + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(out.toByteArray())).hasSize(2).allMatch(Item.Accepted.class::isInstance);
  }

  @Test
  void a_bad_line_does_not_lose_the_good_ones() {
    List<Item> items = read(CAMEL + "\n{broken\n" + CAMEL);
    assertThat(items).hasSize(3);
    assertThat(((Item.Refused) items.get(1)).problem().toString())
        .startsWith("finding.json:2:")
        .contains("no valid JSON");
  }

  @Test
  void what_is_no_finding_is_refused_and_named() {
    assertThat(refusal(read("hello")))
        .contains("finding.json:1:", "no valid JSON")
        .doesNotContain("hello");
    assertThat(refusal(read(""))).contains("nothing in it");
    assertThat(refusal(read("{\"a\":1}"))).contains("JSON that is no GuardDuty finding");
    assertThat(refusal(read("[]"))).contains("an empty list");
    assertThat(refusal(read("42"))).contains("no finding");
    assertThat(
            refusal(
                read(
                    "{\"detail-type\":\"GuardDuty Malware Protection Object Scan"
                        + " Result\",\"source\":\"aws.guardduty\",\"detail\":{}}")))
        .contains(
            "GuardDuty Malware Protection Object Scan Result",
            "expected: detail-type 'GuardDuty Finding'");
  }

  @Test
  void a_truncated_gzip_and_an_oversized_body_are_refused() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(CAMEL.getBytes(StandardCharsets.UTF_8));
    }
    byte[] cut = Arrays.copyOf(out.toByteArray(), out.size() - 20);
    assertThat(refusal(read(cut))).contains("ends too early");
    String big =
        CAMEL.replace("\"severity\":8", "\"severity\":8,\"x\":\"" + "a".repeat(20 << 20) + "\"");
    assertThat(refusal(read(big))).contains("expected: at most 2097152");
  }

  @Test
  void unknown_types_fields_and_kinds_pass_through() {
    Finding finding =
        one(
            "{\"type\":\"Brandnew:Quantum/Entanglement\",\"severity\":\"7.5\",\"novel\":{\"x\":1},\"resource\":{\"resourceType\":\"Qubit\"}}");
    assertThat(finding.band()).isEqualTo(Severity.HIGH);
    assertThat(finding.body().text("novel.x")).isEqualTo("1");
    assertThat(one("{\"type\":\"nonsense\",\"severity\":5}").type().isWellFormed()).isFalse();
  }

  @Test
  void names_of_the_sdk_become_the_names_of_the_wire() {
    Finding finding =
        one(
            envelope(
                """
                {"Type":"A:B/C","Severity":5,"Service":{"Action":{"KubernetesApiCallAction":{"SourceIps":["1.2.3.4"],
                 "RemoteIpDetails":{"GeoLocation":{"Latitude":1,"Longitude":2}}},
                 "AwsApiCallAction":{"AffectedResources":{"AWS::S3::Bucket":"b"}},
                 "RdsLoginAttemptAction":{"LoginAttributes":[{"User":"u"}]}}},
                 "Resource":{"InstanceDetails":{"ProductCodes":[{"Code":"c","ProductType":"t"}]},
                 "EcsClusterDetails":{"TaskDetails":{"TaskCreatedAt":5}}}}
                """));
    Tree body = finding.body();
    assertThat(body.texts("service.action.kubernetesApiCallAction.sourceIPs"))
        .containsExactly("1.2.3.4");
    assertThat(body.text("service.action.kubernetesApiCallAction.remoteIpDetails.geoLocation.lat"))
        .isEqualTo("1");
    assertThat(
            body.node()
                .at("/service/action/awsApiCallAction/affectedResources/AWS::S3::Bucket")
                .asText())
        .isEqualTo("b");
    assertThat(body.first("service.action.rdsLoginAttemptAction.loginAttributes").text("user"))
        .isEqualTo("u");
    assertThat(body.first("resource.instanceDetails.productCodes").text("productCodeId"))
        .isEqualTo("c");
    assertThat(body.text("resource.ecsClusterDetails.taskDetails.createdAt")).isEqualTo("5");
  }

  @Test
  void times_are_read_in_every_form_met() {
    assertThat(Times.parse("2019-06-09T19:10:08.230Z")).hasToString("2019-06-09T19:10:08.230Z");
    assertThat(Times.parse("2025-02-25 20:40:06.000000000")).hasToString("2025-02-25T20:40:06Z");
    assertThat(Times.parse("1636625755.218")).hasToString("2021-11-11T10:15:55.218Z");
    assertThat(Times.parse("yesterday")).isNull();
  }
}
