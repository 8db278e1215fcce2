package dev.yagura.run;

import dev.yagura.graph.Outcome;
import dev.yagura.node.NodeCall;

/** Runs nodes: {@link dev.yagura.node.NodeTypes#run} or something around it. */
@FunctionalInterface
public interface NodeRunner {
  Outcome run(NodeCall call) throws InterruptedException;
}
