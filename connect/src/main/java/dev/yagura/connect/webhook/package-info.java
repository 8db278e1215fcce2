/** A signed webhook for programs. */
@NullMarked
package dev.yagura.connect.webhook;

import org.jspecify.annotations.NullMarked;
