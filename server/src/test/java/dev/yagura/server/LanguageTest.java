package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.server.app.Keys;
import dev.yagura.server.config.Key;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled workflow speaks the language that the configuration names now. */
class LanguageTest {
  @TempDir Path folder;

  private String alert(String language, String type) throws Exception {
    try (var server = new TestServer(folder, Map.of(Key.LANGUAGE, language))) {
      server.engine().alerts().slack().set(server.slack().url());
      String key = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
      String event = new Samples(Catalogue.load()).event(type).toString();
      assertThat(server.post("/v1/findings", key, event).status()).isEqualTo(202);
      JsonNode message = server.slack().next(30);
      return message == null ? "" : message.toString();
    }
  }

  @Test
  void another_language_counts_from_the_next_start_on() throws Exception {
    assertThat(alert("en", "Recon:EC2/PortProbeUnprotectedPort")).contains("Sources: facts");
    assertThat(alert("ja", "Backdoor:EC2/C&CActivity.B")).contains("根拠：");
  }
}
