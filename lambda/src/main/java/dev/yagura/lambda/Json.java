package dev.yagura.lambda;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as RFC 8259 has it; the parser stops at 255 levels. */
final class Json {
  private Json() {}

  /** Nothing where the text is no JSON; the parser's own message would repeat parts of the text. */
  static Optional<JsonElement> parse(String text) {
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(element) : Optional.empty();
    } catch (JsonParseException | IOException unusedRepeatsTheText) {
      return Optional.empty();
    }
  }

  /** The text of a field; empty where there is none. */
  static String text(@Nullable JsonElement of, String name) {
    return of instanceof JsonObject object
            && object.get(name) instanceof JsonPrimitive value
            && value.isString()
        ? value.getAsString()
        : "";
  }

  /** An object inside an object; an empty one where there is none. */
  static JsonObject object(@Nullable JsonElement of, String name) {
    return of instanceof JsonObject object && object.get(name) instanceof JsonObject inner
        ? inner
        : new JsonObject();
  }
}
