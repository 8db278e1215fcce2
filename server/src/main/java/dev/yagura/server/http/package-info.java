/** Routes. */
@NullMarked
package dev.yagura.server.http;

import org.jspecify.annotations.NullMarked;
