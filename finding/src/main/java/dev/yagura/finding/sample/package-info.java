/**
 * Sample findings of every type, for trying things out. They say of themselves that they are
 * samples.
 */
@NullMarked
package dev.yagura.finding.sample;

import org.jspecify.annotations.NullMarked;
