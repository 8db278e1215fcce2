package dev.yagura.node.http;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.egress.EgressRequest;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressRequest.Part;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.FileShelf;
import dev.yagura.node.NodeCall;
import dev.yagura.node.text.JsonValues;
import dev.yagura.node.text.LenientJson;
import dev.yagura.node.text.TextTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request sends, by the kind of its body (dify-contract §2.8). */
final class RequestBody {
  private final HttpRequestNode.Body body;
  private final NodeCall call;
  private final FileShelf files;

  RequestBody(HttpRequestNode.Body body, NodeCall call, FileShelf files) {
    this.body = body;
    this.call = call;
    this.files = files;
  }

  /**
   * @param typed whether the headers have a Content-Type already
   */
  EgressRequest.@Nullable Body body(boolean typed) {
    return switch (body.type()) {
      case "none", "" -> null;
      case "json" -> bytes(typed ? null : "application/json", json());
      case "raw-text" -> bytes(typed ? null : "text/plain", text(single().text("value", "")));
      case "x-www-form-urlencoded" ->
          new EgressRequest.Form(
              items().stream()
                  .map(item -> new Pair(text(item.text("key", "")), text(value(item))))
                  .toList());
      case "form-data" -> multipart();
      case "binary" -> new EgressRequest.Bytes(null, binary());
      default ->
          throw wrong(
              body.type() + " is no kind of body",
              "none, json, raw-text, x-www-form-urlencoded, form-data or binary");
    };
  }

  private static EgressRequest.Bytes bytes(@Nullable String type, String text) {
    return new EgressRequest.Bytes(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static FlowException wrong(String what, String expected) {
    return Failure.user("RequestBodyError", what + " (expected: " + expected + ")").asException();
  }

  private String text(String template) {
    return TextTemplate.parse(template).render(call::find);
  }

  private static String value(Value.Obj item) {
    Value value = item.get("value");
    return value == null || value instanceof Value.Null ? "" : Py.str(value);
  }

  private List<Value.Obj> items() {
    List<Value.Obj> items = new ArrayList<>();
    if (body.data() instanceof Value.Array(List<Value> all)) {
      all.forEach(
          item -> {
            if (item instanceof Value.Obj object) {
              items.add(object);
            }
          });
    } else if (body.data() instanceof Value.Text(String text)) {
      items.add(Value.object("key", "", "type", "text", "value", text));
    }
    return items;
  }

  private Value.Obj single() {
    List<Value.Obj> items = items();
    if (items.size() != 1) {
      throw wrong(body.type() + " body type should have exactly one item", "one");
    }
    return items.getFirst();
  }

  private String json() {
    String text = text(single().text("value", ""));
    Value json =
        LenientJson.parse(text)
            .orElseThrow(
                () ->
                    Failure.user("RequestBodyError", "Failed to parse JSON: " + text)
                        .asException());
    return JsonValues.toJson(json).toString();
  }

  private EgressRequest.Multipart multipart() {
    List<Part> parts = new ArrayList<>();
    boolean file = false;
    for (Value.Obj item : items()) {
      if (item.text("type", "text").equals("file")) {
        for (Value.File one : filesOf(item)) {
          file = true;
          parts.add(part(text(item.text("key", "")), one));
        }
      } else {
        byte[] value = text(value(item)).getBytes(StandardCharsets.UTF_8);
        parts.add(new Part(text(item.text("key", "")), null, "", value));
      }
    }
    if (!file) {
      parts.add(new Part("__multipart_placeholder__", "", "application/octet-stream", new byte[0]));
    }
    return new EgressRequest.Multipart(parts);
  }

  private Part part(String name, Value.File file) {
    return new Part(
        name,
        attribute(file, "name", "file"),
        attribute(file, "mime_type", "application/octet-stream"),
        files.read(file));
  }

  private static String attribute(Value.File file, String name, String otherwise) {
    return file.attribute(name) instanceof Value.Text(String text) ? text : otherwise;
  }

  private List<Value.File> filesOf(Value.Obj item) {
    return switch (found(item)) {
      case Value.File file -> List.of(file);
      case Value.Array(List<Value> items) ->
          items.stream().filter(Value.File.class::isInstance).map(Value.File.class::cast).toList();
      case null, default -> List.of();
    };
  }

  private @Nullable Value found(Value.Obj item) {
    return item.get("file") instanceof Value.Array(List<Value> path)
        ? call.find(new Selector(path.stream().map(Py::str).toList()))
        : null;
  }

  private byte[] binary() {
    Value.Obj item = single();
    List<Value.File> found = filesOf(item);
    if (found.isEmpty()) {
      throw wrong("cannot fetch file with selector " + item.get("file"), "a file variable");
    }
    return files.read(found.getFirst());
  }
}
