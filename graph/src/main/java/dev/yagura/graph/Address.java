package dev.yagura.graph;

/**
 * Where a node runs: the frame (round of a container; "" is the run itself) and the node's id. In a
 * frame of a loop the loop's own id is an address too: there it is asked whether another round
 * follows.
 */
public record Address(String frame, String node) {
  public static final String ROOT = "";

  public static Address root(String node) {
    return new Address(ROOT, node);
  }

  /** The frame of round {@code index} of the container at this address. */
  public String child(int index) {
    return frame + "/" + node + "#" + index;
  }

  @Override
  public String toString() {
    return frame.isEmpty() ? node : frame + ":" + node;
  }
}
