package dev.yagura.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.IOException;

/** JSON of requests and answers. A trailing comma in a request is tolerated. */
public final class Json {
  private static final int DEPTH = 200;

  private static final JsonMapper READ =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(64 << 20)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonMapper ASCII =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private Json() {}

  public static ObjectNode object() {
    return READ.createObjectNode();
  }

  /** In UTF-8. */
  static byte[] utf8(JsonNode node) {
    try {
      return READ.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The object of a body; a FlowException {@code bad_request} where it is none. */
  public static ObjectNode read(byte[] body) {
    try {
      if (READ.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException broken) {
      throw invalid(broken);
    } catch (IOException broken) {
      throw invalid(broken);
    }
    throw invalid(null);
  }

  private static FlowException invalid(@org.jspecify.annotations.Nullable IOException why) {
    String where =
        why instanceof JsonProcessingException json && json.getLocation() != null
            ? " (line "
                + json.getLocation().getLineNr()
                + ", column "
                + json.getLocation().getColumnNr()
                + ")"
            : "";
    Failure failure =
        Failure.user(
            "bad_request", "Invalid JSON payload received or JSON payload is empty." + where);
    return why == null ? failure.asException() : new FlowException(failure, why);
  }

  /** With everything beyond ASCII escaped, as Dify answers blocking calls. */
  public static String ascii(JsonNode node) {
    try {
      return ASCII.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
