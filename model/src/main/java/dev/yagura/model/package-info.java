/** Ports for models, and the providers that need no SDK of their own. */
@NullMarked
package dev.yagura.model;

import org.jspecify.annotations.NullMarked;
