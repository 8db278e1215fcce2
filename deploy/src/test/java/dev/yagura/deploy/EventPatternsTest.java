package dev.yagura.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Ruler;

/** The rules in the templates let through what they say, by AWS's own matching. */
class EventPatternsTest {
  private static final Path TEMPLATES = Path.of("cloudformation");
  private static final Path REAL = Path.of("../../shared/data/findings");
  private static final List<String> ROADS = List.of("lambda", "queue", "api-destination");
  private static final int LONGEST_PATTERN = 2_048;
  private static final JsonMapper JSON = new JsonMapper();

  private final Catalogue catalogue = Catalogue.load();
  private final Samples samples = new Samples(catalogue);
  private String usual = "";
  private String plain = "";

  @BeforeEach
  void readPatterns() throws Exception {
    usual = pattern("queue", Map.of());
    plain = pattern("queue", Map.of("KeepQuietTypes", "false"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4", "7", "8.5"})
  void the_three_roads_have_the_same_pattern_and_eventbridge_takes_it(String severity)
      throws Exception {
    for (String quiet : List.of("true", "false")) {
      var parameters = Map.of("MinimumSeverity", severity, "KeepQuietTypes", quiet);
      String first = pattern(ROADS.getFirst(), parameters);
      assertThat(JsonRuleCompiler.check(first)).isNull();
      assertThat(first.length()).isLessThanOrEqualTo(LONGEST_PATTERN);
      assertThat(JSON.readTree(first).findValues("numeric").getFirst().get(1).isNumber()).isTrue();
      for (String road : ROADS) {
        assertThat(pattern(road, parameters)).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"6.9,false", "7,true", "8,true", "9.0,true"})
  void without_the_quiet_types_severity_alone_decides(double severity, boolean taken)
      throws Exception {
    ObjectNode event = sample("Policy:IAMUser/RootCredentialUsage", severity);
    assertThat(matches(plain, event)).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Policy:IAMUser/RootCredentialUsage",
        "Policy:IAMUser/ShortTermRootCredentialUsage",
        "Stealth:IAMUser/CloudTrailLoggingDisabled",
        "Stealth:S3/ServerAccessLoggingDisabled",
        "Policy:S3/AccountBlockPublicAccessDisabled",
        "Policy:S3/BucketBlockPublicAccessDisabled",
        "DefenseEvasion:IAMUser/BedrockLoggingDisabled",
        "CredentialAccess:IAMUser/AnomalousBehavior",
        "Persistence:IAMUser/AnomalousBehavior",
        "PrivilegeEscalation:IAMUser/AnomalousBehavior",
        "UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B",
        "CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin",
        "Impact:IAMUser/AnomalousModelInvocation",
        "Impact:IAMUser/CostHarvesting",
        "Impact:IAMUser/PromptInjection.Direct",
        "UnauthorizedAccess:EC2/MaliciousIPCaller.Custom"
      })
  void a_quiet_type_that_matters_is_taken_whatever_its_severity(String type) throws Exception {
    assertThat(catalogue.typeNames()).contains(type);
    assertThat(matches(usual, sample(type, 2))).isTrue();
    assertThat(matches(plain, sample(type, 2))).isFalse();
  }

  @Test
  void a_quiet_type_that_matters_little_is_not_taken() throws Exception {
    assertThat(matches(usual, sample("Recon:EC2/PortProbeUnprotectedPort", 2))).isFalse();
    assertThat(matches(usual, sample("Discovery:S3/AnomalousBehavior", 2))).isFalse();
    assertThat(matches(usual, sample("Impact:IAMUser/AnomalousBehavior", 2))).isFalse();
  }

  @Test
  void a_member_of_an_attack_sequence_and_a_rule_of_your_own_are_taken() throws Exception {
    ObjectNode member = sample("Discovery:S3/AnomalousBehavior", 2);
    detail(member).put("associatedAttackSequenceArn", "arn:aws:guardduty:eu-west-1:1:detector/d");
    ObjectNode own = sample("Discovery:S3/AnomalousBehavior", 2);
    detail(own).put("customDetectionRuleName", "ours");
    assertThat(matches(usual, member)).isTrue();
    assertThat(matches(usual, own)).isTrue();
    assertThat(matches(plain, member)).isFalse();
  }

  @Test
  void every_type_of_the_catalogue_is_taken_when_its_severity_is_high_enough() throws Exception {
    for (String type : catalogue.typeNames()) {
      assertThat(matches(usual, sample(type, 7))).as(type).isTrue();
      assertThat(matches(plain, sample(type, 7))).as(type).isTrue();
    }
  }

  @Test
  void other_events_and_other_spellings_are_not_taken() throws Exception {
    ObjectNode scan = sample("Backdoor:EC2/Spambot", 8);
    scan.put("detail-type", "GuardDuty Malware Protection Object Scan Result");
    ObjectNode foreign = sample("Backdoor:EC2/Spambot", 8);
    foreign.put("source", "aws.securityhub");
    ObjectNode text = sample("Backdoor:EC2/Spambot", 8);
    detail(text).put("severity", "8");
    for (ObjectNode event : List.of(scan, foreign, text)) {
      assertThat(matches(usual, event)).isFalse();
      assertThat(matches(plain, event)).isFalse();
    }
  }

  @Test
  void real_findings_are_taken_by_their_severity() throws Exception {
    assumeTrue(Files.isDirectory(REAL), "skipped: no folder " + REAL);
    List<String> taken = new ArrayList<>();
    List<String> left = new ArrayList<>();
    try (var files = Files.list(REAL)) {
      for (Path file : files.sorted().toList()) {
        JsonNode event = JSON.readTree(file.toFile());
        (matches(plain, event) ? taken : left).add(file.getFileName().toString());
        // One of them was cut down by who kept it and does not say where it is from.
        boolean high = event.path("detail").path("severity").asDouble() >= 7 && event.has("source");
        assertThat(matches(plain, event)).as(file.toString()).isEqualTo(high);
      }
    }
    assertThat(taken).anyMatch(name -> name.startsWith("eb-camel"));
    assertThat(left).anyMatch(name -> name.startsWith("eb-pascal"));
    JsonNode root =
        JSON.readTree(
            REAL.resolve("eb-camel-foxsec-02-Policy_IAMUser_RootCredentialUsage.json").toFile());
    assertThat(matches(usual, root)).isTrue();
    assertThat(matches(plain, root)).isFalse();
  }

  private ObjectNode sample(String type, double severity) {
    ObjectNode event = samples.event(type);
    ObjectNode detail = detail(event);
    detail.put("severity", severity);
    detail.remove(List.of("associatedAttackSequenceArn", "customDetectionRuleName"));
    return event;
  }

  private static ObjectNode detail(ObjectNode event) {
    return (ObjectNode) event.path("detail");
  }

  private static boolean matches(String pattern, JsonNode event) throws Exception {
    return Ruler.matchesRule(event.toString(), pattern);
  }

  private static String pattern(String road, Map<String, String> parameters) throws Exception {
    return Template.read(TEMPLATES.resolve(road + ".yaml")).pattern(parameters);
  }
}
