package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;
import dev.yagura.node.text.FileNames;
import dev.yagura.node.text.JsonValues;
import dev.yagura.server.FileStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that a request names: uploaded ones by id, others by URL (dify-contract §2.20). */
final class UploadedFiles {
  /** Most files of one request. */
  private static final int MAX_FILES = 10;

  private final FileStore files;
  private final String owner;

  /**
   * @param owner the app whose files alone can be named
   */
  UploadedFiles(FileStore files, String owner) {
    this.files = files;
    this.owner = owner;
  }

  /** The values with every named file in place of its name. */
  Value resolve(Value value) {
    return switch (value) {
      case Value.Obj object when isFile(object) -> file(object);
      case Value.Obj object -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> fields.put(name, resolve(field)));
        yield new Value.Obj(fields);
      }
      case Value.Array(List<Value> items) ->
          new Value.Array(items.stream().map(this::resolve).toList());
      default -> value;
    };
  }

  private static boolean isFile(Value.Obj object) {
    String method = object.text("transfer_method", "");
    return method.equals("local_file") || method.equals("remote_url");
  }

  private Value.File file(Value.Obj object) {
    if (object.text("transfer_method", "").equals("local_file")) {
      String id = object.text("upload_file_id", "");
      return FileStore.value(
          files
              .find(id)
              .filter(file -> file.owner().equals(owner))
              .orElseThrow(
                  () -> Failure.user("invalid_param", "Invalid upload file").asException()));
    }
    String url = object.text("url", "");
    if (url.length() > FileNames.MAX_URL || !url.matches("https?://\\S+")) {
      throw Failure.user(
              "invalid_param",
              "Invalid file url (expected: http or https, at most "
                  + FileNames.MAX_URL
                  + " characters)")
          .asException();
    }
    String name = FileNames.ofUrl(url);
    Value value =
        Value.of(
            Map.of(
                "dify_model_identity",
                Value.File.MARK,
                "type",
                object.text("type", "document"),
                "transfer_method",
                "remote_url",
                "remote_url",
                url,
                "url",
                url,
                "filename",
                name,
                "extension",
                name.contains(".") ? name.substring(name.lastIndexOf('.')) : "",
                "mime_type",
                "",
                "size",
                -1));
    return (Value.File) value;
  }

  /** The files of {@code sys.files}. */
  Value.Array files(JsonNode given) {
    if (!given.isArray()) {
      return Value.array();
    }
    if (given.size() > MAX_FILES) {
      throw Failure.user("invalid_param", "Number of files exceeds the maximum limit " + MAX_FILES)
          .asException();
    }
    List<Value> all = new ArrayList<>();
    for (JsonNode one : given) {
      Value value = JsonValues.fromJson(one);
      if (!(value instanceof Value.Obj object) || !isFile(object)) {
        throw Failure.user("invalid_param", "Invalid upload file").asException();
      }
      all.add(file(object));
    }
    return new Value.Array(all);
  }
}
