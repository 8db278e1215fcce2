package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.value.Value;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A YAML document as a value, with the place of every part. No tag makes an object; size, depth,
 * aliases and what they expand to are bounded.
 */
public final class YamlDocument {
  /** Longest document, in characters. */
  public static final int MAX_CHARACTERS = 10 * 1024 * 1024;

  /** Most values in a document, aliases expanded. */
  public static final int MAX_VALUES = 1_000_000;

  private static final int MAX_DEPTH = 200;
  private static final int MAX_ALIASES = 100;

  private final String source;
  private final @Nullable Node root;
  private final Value value;

  private YamlDocument(String source, @Nullable Node root, Value value) {
    this.source = source;
    this.root = root;
    this.value = value;
  }

  /** Raised by {@link #parse} for a text that is no usable YAML. */
  public static final class Unreadable extends Exception {
    private final Problem problem;

    Unreadable(Problem problem) {
      super(problem.message());
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }

  /**
   * @param source the name of the file for messages
   */
  public static YamlDocument parse(String source, String text) throws Unreadable {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    Place start = new Place(source, 1, 1, "");
    if (text.length() > MAX_CHARACTERS) {
      throw new Unreadable(
          Problem.error(
              "too-large",
              text.length() + " characters (expected: at most " + MAX_CHARACTERS + ")",
              start));
    }
    try {
      var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
      Node root = new Composer(parser, new PyYamlResolver(), options).getSingleNode();
      Value value = root == null ? Value.NULL : new Reading(source).value(root);
      return new YamlDocument(source, root, value);
    } catch (MarkedYAMLException broken) {
      Mark mark = broken.getProblemMark();
      throw new Unreadable(
          Problem.error(
              "invalid-yaml",
              "no valid YAML: " + firstLine(broken.getProblem()),
              mark == null ? start : place(source, mark)));
    } catch (YAMLException broken) {
      throw new Unreadable(
          Problem.error("invalid-yaml", "no valid YAML: " + firstLine(broken.getMessage()), start));
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "cannot be read" : message.lines().findFirst().orElse("");
  }

  @Nullable Node root() {
    return root;
  }

  public Value value() {
    return value;
  }

  /**
   * The place of the part at a path of keys (text) and positions (int); the nearest part above it
   * where the path leads nowhere.
   */
  public Place place(Object... path) {
    Node at = root;
    for (Object step : path) {
      Node next = at == null ? null : child(at, step);
      if (next == null) {
        break;
      }
      at = next;
    }
    return at == null ? new Place(source, 1, 1, "") : place(source, at.getStartMark());
  }

  private static @Nullable Node child(Node node, Object step) {
    if (node instanceof SequenceNode sequence && step instanceof Integer position) {
      List<Node> items = sequence.getValue();
      return position >= 0 && position < items.size() ? items.get(position) : null;
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private static Place place(String source, Mark mark) {
    return new Place(source, mark.getLine() + 1, mark.getColumn() + 1, "");
  }

  /** Turns YAML nodes into values; counts them, so that aliases cannot expand without bound. */
  private static final class Reading {
    private final String source;
    private int values;
    private long characters;
    private int depth;

    private Reading(String source) {
      this.source = source;
    }

    Value value(Node node) throws Unreadable {
      if (depth > MAX_DEPTH) {
        throw problem(
            node, "too-deep", "nested deeper than " + MAX_DEPTH + ", or an alias of itself");
      }
      if (++values > MAX_VALUES) {
        throw problem(
            node, "too-large", "more than " + MAX_VALUES + " values when its aliases are expanded");
      }
      if (!(node instanceof ScalarNode)
          && !Tag.MAP.equals(node.getTag())
          && !Tag.SEQ.equals(node.getTag())) {
        throw tag(node);
      }
      depth++;
      try {
        return converted(node);
      } finally {
        depth--;
      }
    }

    private Value converted(Node node) throws Unreadable {
      return switch (node) {
        case MappingNode mapping -> mapping(mapping);
        case SequenceNode sequence -> {
          var items = new ArrayList<Value>();
          for (Node item : sequence.getValue()) {
            items.add(value(item));
          }
          yield new Value.Array(items);
        }
        case ScalarNode scalar -> scalar(scalar);
        default -> throw problem(node, "invalid-yaml", "unexpected " + node.getNodeId());
      };
    }

    private Value mapping(MappingNode mapping) throws Unreadable {
      Map<String, Value> fields = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode name)) {
          throw problem(key, "invalid-yaml", "a key that is no text (expected: a plain key)");
        }
        Value value = value(tuple.getValueNode());
        if (Tag.MERGE.equals(key.getTag()) && value instanceof Value.Obj(var merged)) {
          merged.forEach(fields::putIfAbsent);
        } else {
          fields.put(name.getValue(), value);
        }
      }
      return new Value.Obj(fields);
    }

    private Value scalar(ScalarNode scalar) throws Unreadable {
      String text = scalar.getValue();
      characters += text.length();
      if (characters > MAX_CHARACTERS) {
        throw problem(
            scalar,
            "too-large",
            "more than " + MAX_CHARACTERS + " characters when its aliases are expanded");
      }
      Tag tag = scalar.getTag();
      if (Tag.STR.equals(tag) || Tag.MERGE.equals(tag) || Tag.TIMESTAMP.equals(tag)) {
        return Value.text(text);
      }
      if (Tag.NULL.equals(tag)) {
        return Value.NULL;
      }
      try {
        if (Tag.BOOL.equals(tag)) {
          return YamlScalars.bool(text);
        }
        if (Tag.INT.equals(tag)) {
          return YamlScalars.integer(text);
        }
        if (Tag.FLOAT.equals(tag)) {
          return YamlScalars.real(text);
        }
      } catch (NumberFormatException wrong) {
        throw problem(scalar, "invalid-yaml", "'" + text + "' is no number");
      }
      throw tag(scalar);
    }

    private Unreadable tag(Node node) {
      return problem(
          node,
          "unsafe-tag",
          "the tag "
              + node.getTag()
              + " is not allowed (expected: plain text, numbers, lists and maps)");
    }

    private Unreadable problem(Node node, String code, String message) {
      return new Unreadable(Problem.error(code, message, place(source, node.getStartMark())));
    }
  }
}
