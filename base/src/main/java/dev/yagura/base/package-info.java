/**
 * The few words that every module shares: what went wrong ({@link dev.yagura.base.Failure}, {@link
 * dev.yagura.base.Problem}), and what must not be printed ({@link dev.yagura.base.Secret}).
 */
@NullMarked
package dev.yagura.base;

import org.jspecify.annotations.NullMarked;
