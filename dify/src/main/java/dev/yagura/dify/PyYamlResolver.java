package dev.yagura.dify;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads plain scalars as PyYAML does, because Dify writes its files with it: {@code 1e5} and {@code
 * 1.5e3} are text (their exponent has no sign), {@code yes} is true, {@code 010} is eight. Dates
 * stay text.
 */
final class PyYamlResolver extends Resolver {
  /**
   * Longer plain scalars are text, whatever they look like: patterns and numbers of any length cost
   * without bound.
   */
  static final int LONGEST_SCALAR = 400;

  static final Pattern BOOL =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?"
              + "|[-+]?\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  static final Pattern INT =
      Pattern.compile(
          "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+");
  static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");

  @Override
  protected void addImplicitResolvers() {
    // Everything is decided in resolve, from PyYAML's own patterns.
  }

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    if (kind == NodeId.sequence) {
      return Tag.SEQ;
    }
    if (kind == NodeId.mapping) {
      return Tag.MAP;
    }
    if (!implicit || value.length() > LONGEST_SCALAR) {
      return Tag.STR;
    }
    if (NULL.matcher(value).matches()) {
      return Tag.NULL;
    }
    if (BOOL.matcher(value).matches()) {
      return Tag.BOOL;
    }
    if (INT.matcher(value).matches()) {
      return Tag.INT;
    }
    if (FLOAT.matcher(value).matches()) {
      return Tag.FLOAT;
    }
    return value.equals("<<") ? Tag.MERGE : Tag.STR;
  }
}
