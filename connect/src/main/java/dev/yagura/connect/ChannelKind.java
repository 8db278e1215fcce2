package dev.yagura.connect;

import dev.yagura.base.Secret;
import dev.yagura.egress.EgressClient;
import java.util.List;
import java.util.Map;

/**
 * A kind of channel: what it is called, what it must be told, and how it is made. Adding one is a
 * class and a line in the manifest ({@code META-INF/services} of its jar, or the server's list).
 */
public interface ChannelKind {
  /** As in {@code channel add KIND}: lower case, with hyphens. */
  String name();

  /** One line for people. */
  String doc();

  /** What it is told; shown in help and in forms. */
  List<Field> fields();

  /**
   * Makes the channel. A FlowException says which field is wrong and what was expected; nothing is
   * sent.
   */
  Channel open(Settings settings, EgressClient egress);

  /**
   * @param secret whether it is kept encrypted and never shown
   * @param required whether the channel cannot be without it
   */
  record Field(String name, String doc, boolean secret, boolean required) {}

  /**
   * What was given.
   *
   * @param plain by the field's name
   * @param secrets by the field's name
   * @param standsIn whether the administrator has listed a host (perhaps with its port) in {@code
   *     egress.allow}, so that it may stand in for the service's own
   */
  record Settings(
      Map<String, String> plain,
      Map<String, Secret> secrets,
      java.util.function.Predicate<String> standsIn) {

    /** The text of a field; empty where it was not given. */
    public String text(String name) {
      return plain.getOrDefault(name, "").strip();
    }
  }
}
