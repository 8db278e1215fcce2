/**
 * The values that travel through a workflow, and how Python would read, compare and print them,
 * because the users of Dify see Python's forms (dify-contract §2.0, §10.1).
 */
@NullMarked
package dev.yagura.graph.value;

import org.jspecify.annotations.NullMarked;
