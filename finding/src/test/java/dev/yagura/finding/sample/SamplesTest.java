package dev.yagura.finding.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.catalogue.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A sample of every type is what GuardDuty might send, and says that it is a sample. */
class SamplesTest {
  private static final Path PATHS = Path.of("../../shared/finding-paths.txt");
  private static final Path TYPES = Path.of("../../shared/finding-types.csv");

  /** Where a resource of a kind has its name (guardduty.md §2.4). */
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("Instance", "/instanceDetails/instanceId"),
          Map.entry("AccessKey", "/accessKeyDetails/userName"),
          Map.entry("S3Bucket", "/s3BucketDetails/0/name"),
          Map.entry("S3Object", "/s3BucketDetails/0/s3ObjectDetails/0/key"),
          Map.entry("EKSCluster", "/eksClusterDetails/name"),
          Map.entry("ECSCluster", "/ecsClusterDetails/name"),
          Map.entry("Container", "/containerDetails/id"),
          Map.entry("RDSDBInstance", "/rdsDbInstanceDetails/dbInstanceIdentifier"),
          Map.entry("Lambda", "/lambdaDetails/functionName"),
          Map.entry("EBSSnapshot", "/ebsSnapshotDetails/snapshotArn"),
          Map.entry("EC2Image", "/ec2ImageDetails/imageArn"),
          Map.entry("RecoveryPoint", "/recoveryPointDetails/recoveryPointArn"),
          Map.entry("AttackSequence", "/resourceType"));

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Samples SAMPLES = new Samples(CATALOGUE);

  private static JsonNode detail(String type) {
    return SAMPLES.event(type).path("detail");
  }

  @Test
  void none_can_be_mistaken_for_a_real_one() {
    for (String type : CATALOGUE.typeNames()) {
      var items = FindingReader.read("sample", SAMPLES.event(type));
      Finding finding = ((Item.Accepted) items.getFirst()).finding();
      assertThat(finding.isSample()).as(type).isTrue();
      assertThat(finding.type().name()).isEqualTo(type);
      assertThat(detail(type).at("/service/additionalInfo/value").asText())
          .contains("\"sample\":true");
      assertThat(detail(type).path("title").asText()).startsWith("Sample finding");
      assertThat(finding.account()).isEqualTo("123456789012");
    }
  }

  @Test
  void the_resource_is_of_its_kind_and_has_a_name() {
    for (String type : CATALOGUE.typeNames()) {
      JsonNode resource = detail(type).path("resource");
      String kind = resource.path("resourceType").asText();
      assertThat(NAMED).as(type).containsKey(kind);
      assertThat(resource.at(NAMED.get(kind)).asText()).as(type).isNotEmpty();
    }
    assertThat(
            detail("Impact:IAMUser/CostHarvesting").at("/resource/modelDetails/0/modelId").asText())
        .isNotEmpty();
    assertThat(detail("Impact:S3/DataDestruction").has("customDetectionRuleName")).isTrue();
  }

  @Test
  void every_field_is_one_of_the_model() throws Exception {
    assumeTrue(Files.isRegularFile(PATHS), "skipped: no file " + PATHS);
    Map<String, String> model = new HashMap<>();
    for (String line : Files.readAllLines(PATHS)) {
      String[] cells = line.split("\t");
      model.put(cells[0], cells[1]);
    }
    assertThat(model).hasSizeGreaterThan(500);
    List<String> wrong = new ArrayList<>();
    for (String type : CATALOGUE.typeNames()) {
      Map<String, JsonNode> leaves = new LinkedHashMap<>();
      collect("", detail(type), leaves);
      leaves.forEach(
          (path, value) -> {
            if (!fits(path, value, model)) {
              wrong.add(type + ": " + path + " = " + value);
            }
          });
    }
    assertThat(wrong).isEmpty();
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
    if (node.isObject()) {
      String map = path.endsWith("affectedResources") ? "{}" : null;
      node.properties()
          .forEach(
              field ->
                  collect(
                      map != null
                          ? path + map
                          : path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      leaves));
    } else if (node.isArray()) {
      node.forEach(element -> collect(path + "[]", element, leaves));
    } else {
      leaves.put(path, node);
    }
  }

  private static boolean fits(String path, JsonNode value, Map<String, String> model) {
    if (path.equals("service.additionalInfo.sample")) {
      return value.isBoolean();
    }
    String kind = model.get(path);
    if (value.isNull()) {
      return kind != null || model.keySet().stream().anyMatch(one -> one.startsWith(path + "."));
    }
    return switch (kind) {
      case null -> false;
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number", "timestamp" -> value.isNumber();
      default -> false;
    };
  }

  @Test
  void every_type_is_there_with_the_severity_that_it_has_by_default() throws Exception {
    assumeTrue(Files.isRegularFile(TYPES), "skipped: no file " + TYPES);
    int compared = 0;
    for (String line : Files.readAllLines(TYPES).subList(1, 251)) {
      String[] cells = line.split(",");
      assertThat(CATALOGUE.typeNames()).contains(cells[0]);
      double severity = detail(cells[0]).path("severity").asDouble();
      assertThat(severity).as(cells[0]).isBetween(1.0, 10.0);
      if (cells[1].equals("active")
          && Set.of("Low", "Medium", "High", "Critical").contains(cells[4])) {
        assertThat(band(severity)).as(cells[0]).isEqualTo(cells[4]);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(150);
  }

  private static String band(double severity) {
    return severity < 4 ? "Low" : severity < 7 ? "Medium" : severity < 9 ? "High" : "Critical";
  }
}
