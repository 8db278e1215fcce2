package dev.yagura.model.langchain;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;

/** A JSON schema as the library wants it. */
final class JsonSchemas {
  private JsonSchemas() {}

  static ResponseFormat format(String schema) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder().name("answer").rootElement(JsonRawSchema.from(schema)).build())
        .build();
  }
}
