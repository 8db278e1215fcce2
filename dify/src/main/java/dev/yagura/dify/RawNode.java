package dev.yagura.dify;

import dev.yagura.base.Problem.Place;
import dev.yagura.graph.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A node as it stands in the file.
 *
 * @param parent the container it is in, or null
 * @param data the node's {@code data}
 */
record RawNode(String id, @Nullable String parent, Value.Obj data, Place place) {
  String type() {
    return data.text("type", "");
  }

  String title() {
    return data.text("title", "");
  }

  RawNode data(Value.Obj changed) {
    return new RawNode(id, parent, changed, place);
  }

  /** How messages name it: title and id. */
  String label() {
    return title().isBlank() || title().equals(id) ? id : title() + " (" + id + ")";
  }
}
