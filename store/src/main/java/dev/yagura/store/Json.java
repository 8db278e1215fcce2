package dev.yagura.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.graph.value.Value;
import dev.yagura.run.journal.ValueJson;
import org.jdbi.v3.core.Handle;

/** JSON in columns. What is in the store was written by us: text that is no JSON is a defect. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(2_000)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private Json() {}

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("broken JSON in the store", broken);
    }
  }

  /** An object as text; long texts in it are gathered apart. */
  static String text(Value.Obj object, CollectedBlobs blobs) {
    return new ValueJson(blobs).write(object).toString();
  }

  static Value.Obj object(Handle handle, String text) {
    Value value = new ValueJson(new JdbcBlobs(handle)).read(read(text));
    return value instanceof Value.Obj object ? object : Value.EMPTY;
  }
}
