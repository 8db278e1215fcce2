package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.graph.Address;
import dev.yagura.graph.NodeState;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.Traversal;
import dev.yagura.graph.value.Value;
import dev.yagura.run.journal.EventJson;
import dev.yagura.run.journal.EventReader;
import dev.yagura.run.journal.ValueJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A journal that format 1 and traversal 1 have written, kept as it was: it must be read and folded
 * for ever. A change that breaks this test needs a new format or a new version of the traversal
 * beside the old one.
 */
class RecordedJournalTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode recorded() throws Exception {
    try (var in = RecordedJournalTest.class.getResourceAsStream("/journals/v1-crash.json")) {
      return JSON.readTree(in);
    }
  }

  private record Texts(Map<String, String> texts) implements ValueJson.Blobs {
    @Override
    public String keep(String text) {
      String key = "t" + texts.size();
      texts.put(key, text);
      return key;
    }

    @Override
    public String read(String key) {
      return texts.get(key);
    }
  }

  @Test
  void a_recorded_journal_is_folded_to_the_same_end() throws Exception {
    JsonNode journal = recorded();
    assertThat(journal.get("format").asInt()).isEqualTo(EventJson.FORMAT);
    Map<String, String> texts = new HashMap<>();
    journal
        .get("blobs")
        .properties()
        .forEach(blob -> texts.put(blob.getKey(), blob.getValue().asText()));
    var reader = new EventReader(new ValueJson(new Texts(texts)));
    RunState state = RunState.of(CrashProcess.workflow().graph());
    int entries = 0;
    for (JsonNode entry : journal.get("entries")) {
      List<RunEvent> events = reader.read(entry);
      if (entries == 0) {
        assertThat(((RunEvent.RunStarted) events.getFirst()).traversal())
            .isEqualTo(Traversal.VERSION);
      }
      state = state.evolve(events);
      entries++;
    }
    assertThat(entries).isGreaterThan(12);
    assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(state.outputs().get("list")).isEqualTo(Value.of(List.of("a", "b", "c")));
    assertThat(state.nodeState(Address.root("quiet"))).isEqualTo(NodeState.SKIPPED);
    assertThat(state.steps()).isEqualTo(7);
  }
}
