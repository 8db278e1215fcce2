/**
 * EventBridge's event patterns, evaluated by the library that EventBridge is built on. It stays
 * inside this package.
 */
@NullMarked
package dev.yagura.connect.rule;

import org.jspecify.annotations.NullMarked;
