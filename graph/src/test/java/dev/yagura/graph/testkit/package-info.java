/** Drives graphs in tests, in any order of completion. Shipped as a test-jar. */
@NullMarked
package dev.yagura.graph.testkit;

import org.jspecify.annotations.NullMarked;
