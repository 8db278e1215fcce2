/** The master key and what it encrypts. */
@NullMarked
package dev.yagura.server.secret;

import org.jspecify.annotations.NullMarked;
