package dev.yagura.graph.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Names a variable: node id (or {@code sys}, {@code env}, {@code conversation}), variable name,
 * then keys of nested objects or an attribute of a file (dify-contract §2.0).
 */
public record Selector(List<String> path) {
  public Selector {
    path = Collections.unmodifiableList(new ArrayList<>(path));
  }

  public static Selector of(String... path) {
    return new Selector(List.of(path));
  }

  /** A selector shorter than two parts finds nothing. */
  public boolean isUsable() {
    return path.size() >= 2;
  }

  public String node() {
    return path.isEmpty() ? "" : path.get(0);
  }

  public String name() {
    return path.size() < 2 ? "" : path.get(1);
  }

  /** The parts joined by dots, as in {@code {{#node.name#}}}. */
  public String dotted() {
    return String.join(".", path);
  }

  /**
   * As Python prints a list of texts: {@code ['node', 'name']}; error texts of Dify show selectors
   * like this.
   */
  @Override
  public String toString() {
    return Py.repr(Value.of(path));
  }
}
