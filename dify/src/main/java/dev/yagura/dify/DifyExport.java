package dev.yagura.dify;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Takes out of a workflow file what must not leave its installation (dify-contract §1.5): values of
 * secret variables, credentials, addresses of triggers. The rest of the text stays as it was
 * written.
 */
public final class DifyExport {
  private static final Set<String> PRIVATE_KEYS =
      Set.of("credential_id", "webhook_url", "webhook_debug_url", "subscription_id");

  private final List<ScalarNode> found = new ArrayList<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> hidden = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Node, Integer> uses = new IdentityHashMap<>();

  private DifyExport() {}

  /** The file without them; a FlowException where it is no YAML. */
  public static String withoutSecrets(String source, String text) {
    YamlDocument document;
    try {
      document = YamlDocument.parse(source, text);
    } catch (YamlDocument.Unreadable unreadable) {
      throw new FlowException(
          Failure.user("WorkflowNotImported", unreadable.problem().toString()), unreadable);
    }
    var export = new DifyExport();
    export.look(document.root());
    export.refuseShared();
    export.found.sort(
        Comparator.comparingInt((ScalarNode node) -> node.getStartMark().getIndex()).reversed());
    String out = text;
    for (ScalarNode node : export.found) {
      out = blanked(out, node);
    }
    return out;
  }

  private static String blanked(String text, ScalarNode node) {
    int from = text.offsetByCodePoints(0, node.getStartMark().getIndex());
    int to = text.offsetByCodePoints(0, node.getEndMark().getIndex());
    boolean block = to > from && text.charAt(to - 1) == '\n';
    return text.substring(0, from) + "''" + (block ? "\n" : "") + text.substring(to);
  }

  private void look(@Nullable Node node) {
    if (node instanceof ScalarNode) {
      uses.merge(node, 1, Integer::sum);
    }
    if (node == null || !seen.add(node)) {
      return;
    }
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(this::look);
    } else if (node instanceof MappingNode mapping) {
      boolean secret = "secret".equals(text(mapping, "value_type"));
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        boolean hide = PRIVATE_KEYS.contains(key) || (secret && key.equals("value"));
        if (hide && tuple.getValueNode() instanceof ScalarNode value) {
          uses.merge(value, 1, Integer::sum);
          if (!value.getValue().isEmpty() && hidden.add(value)) {
            found.add(value);
          }
        } else {
          look(tuple.getValueNode());
        }
      }
    }
  }

  /** A secret that other places name by an alias stands in the text where it must not go. */
  private void refuseShared() {
    for (ScalarNode node : found) {
      if (uses.getOrDefault(node, 0) > 1) {
        throw Failure.user(
                "NotExported",
                "line "
                    + (node.getStartMark().getLine() + 1)
                    + ": a secret is used in several places by an alias (expected: written out)")
            .asException();
      }
    }
  }

  private static @Nullable String text(MappingNode mapping, String name) {
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
        .map(NodeTuple::getValueNode)
        .filter(ScalarNode.class::isInstance)
        .map(node -> ((ScalarNode) node).getValue())
        .findFirst()
        .orElse(null);
  }
}
