package dev.yagura.graph;

import dev.yagura.graph.value.Value;

/**
 * Something that a node wants done in the world. The node does not do it: the effect is stored in
 * one transaction with the node's success, and carried out from there (design §3b).
 *
 * @param kind what is to be done, for example {@code alert}
 * @param payload everything that is needed to do it
 */
public record Effect(String kind, Value.Obj payload) {}
