package dev.yagura.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.alert.AlertText;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.alert.SlackBlocks;
import dev.yagura.finding.catalogue.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every real finding that lies beside the project is explained. Skipped where the folder is absent.
 */
class RealFindingsTest {
  private static final Path FOLDER = Path.of("../../shared/data/findings");
  private static final Floor FLOOR = new Floor(Catalogue.load());

  @TestFactory
  Stream<DynamicTest> every_real_finding_is_explained() throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "skipped: no folder " + FOLDER);
    List<Path> files;
    try (var listed = Files.list(FOLDER)) {
      files = listed.sorted().toList();
    }
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> explain(file)));
  }

  private static void explain(Path file) throws Exception {
    List<Item> items;
    try (var in = Files.newInputStream(file)) {
      items = FindingReader.read(file.getFileName().toString(), in);
    }
    assertThat(items).isNotEmpty();
    boolean noFinding = file.toString().contains("scanresult");
    for (Item item : items) {
      assertThat(item).isInstanceOf(noFinding ? Item.Refused.class : Item.Accepted.class);
      if (item instanceof Item.Accepted(Finding finding)) {
        for (Language language : Language.values()) {
          var alert = FLOOR.write(finding, language, language.defaultZone(), "");
          assertThat(new AlertText(100, false).write(alert))
              .doesNotContain("null")
              .hasSizeGreaterThan(500);
          assertThat(SlackBlocks.of(alert).get("blocks").size()).isBetween(6, 50);
        }
      }
    }
  }
}
