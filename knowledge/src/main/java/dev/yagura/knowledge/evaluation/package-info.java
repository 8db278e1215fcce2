/** Measures how well knowledge is found. */
@NullMarked
package dev.yagura.knowledge.evaluation;

import org.jspecify.annotations.NullMarked;
