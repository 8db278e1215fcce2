/**
 * The contracts of the ports, as tests that every implementation inherits. Shipped as a test-jar.
 */
@NullMarked
package dev.yagura.run.testkit;

import org.jspecify.annotations.NullMarked;
