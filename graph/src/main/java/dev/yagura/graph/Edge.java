package dev.yagura.graph;

/**
 * @param source id of the node it leaves
 * @param handle which way out of the source; {@code source} where there is only one
 * @param target id of the node it enters
 */
public record Edge(String source, String handle, String target) {
  public static Edge of(String source, String target) {
    return new Edge(source, Node.SUCCESS_HANDLE, target);
  }
}
