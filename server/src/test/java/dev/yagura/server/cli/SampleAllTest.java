package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.finding.catalogue.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code yagura sample --all | yagura analyze -}. */
class SampleAllTest {
  @Test
  void every_type_of_the_catalogue_is_explained_and_names_its_resource() throws Exception {
    CommandLineRun samples = CommandLineRun.of("sample", "--all");
    CommandLineRun run =
        CommandLineRun.with(samples.out(), Map.of(), false, "analyze", "--format", "json", "-");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    var types = Catalogue.load().typeNames().iterator();
    int count = 0;
    for (String line : run.out().split("\n")) {
      JsonNode alert = new ObjectMapper().readTree(line);
      String type = types.next();
      assertThat(alert.at("/finding/type").asText()).isEqualTo(type);
      assertThat(alert.at("/finding/resource").asText()).as(type).isNotBlank();
      assertThat(alert.at("/finding/resource").asText()).as(type).isNotEqualTo("unknown");
      assertThat(alert.path("summary").asText()).contains("[SAMPLE]");
      assertThat(alert.path("next_steps")).as(type).isNotEmpty();
      count++;
    }
    assertThat(types.hasNext()).isFalse();
    assertThat(count).isGreaterThanOrEqualTo(250);
  }
}
