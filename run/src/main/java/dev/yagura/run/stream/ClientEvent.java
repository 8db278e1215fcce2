package dev.yagura.run.stream;

import dev.yagura.graph.value.Value;

/**
 * What a client sees.
 *
 * @param name as Dify names it, for example {@code node_finished}
 * @param data its fields (dify-contract §4.4)
 */
public record ClientEvent(String name, Value.Obj data) {}
