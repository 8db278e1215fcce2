/**
 * Measurements: JMH for the core and the DSL, a program for the store. Never a test, never shipped.
 */
@NullMarked
package dev.yagura.bench;

import org.jspecify.annotations.NullMarked;
