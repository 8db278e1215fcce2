package dev.yagura.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A CloudFormation template, and what its event pattern comes to with given parameters. */
record Template(Map<?, ?> root) {
  static Template read(Path file) throws IOException {
    return new Template(new Yaml(new ShortTags()).load(Files.readString(file)));
  }

  /** The pattern of {@code Resources.Rule}; parameters that are not given have their defaults. */
  String pattern(Map<String, String> given) {
    Map<String, String> parameters = new HashMap<>();
    map(root, "Parameters")
        .forEach(
            (name, one) ->
                parameters.put(
                    String.valueOf(name), String.valueOf(((Map<?, ?>) one).get("Default"))));
    parameters.putAll(given);
    Map<?, ?> rule = map(map(map(root, "Resources"), "Rule"), "Properties");
    return String.valueOf(resolve(rule.get("EventPattern"), parameters));
  }

  private Object resolve(Object value, Map<String, String> parameters) {
    if (!(value instanceof Call(String name, Object argument))) {
      return value;
    }
    return switch (name) {
      case "Ref" -> parameters.get(String.valueOf(argument));
      case "If" -> {
        List<?> parts = (List<?>) argument;
        Object condition = map(root, "Conditions").get(parts.get(0));
        boolean holds = Boolean.TRUE.equals(resolve(condition, parameters));
        yield resolve(parts.get(holds ? 1 : 2), parameters);
      }
      case "Equals" -> {
        List<?> sides = (List<?>) argument;
        yield String.valueOf(resolve(sides.get(0), parameters))
            .equals(String.valueOf(resolve(sides.get(1), parameters)));
      }
      case "Sub" -> {
        String text = String.valueOf(argument);
        for (Map.Entry<String, String> one : parameters.entrySet()) {
          text = text.replace("${" + one.getKey() + "}", one.getValue());
        }
        yield text;
      }
      default -> throw new IllegalStateException(name + " in a pattern (expected: If, Sub)");
    };
  }

  private static Map<?, ?> map(Map<?, ?> of, String name) {
    return (Map<?, ?>) of.get(name);
  }

  /** A function of CloudFormation in its short form. */
  private record Call(String name, Object argument) {}

  private static final class ShortTags extends SafeConstructor {
    ShortTags() {
      super(new LoaderOptions());
      yamlMultiConstructors.put("!", new CallConstruct());
    }

    private final class CallConstruct extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        Object argument =
            switch (node) {
              case ScalarNode scalar -> scalar.getValue();
              case SequenceNode sequence -> constructSequence(sequence);
              case MappingNode mapping -> constructMapping(mapping);
              default -> throw new IllegalStateException("a YAML node of a new kind");
            };
        return new Call(node.getTag().getValue().substring(1), argument);
      }
    }
  }
}
