/** The channels that alerts go to, as an administrator sets them up. */
@NullMarked
package dev.yagura.server.channel;

import org.jspecify.annotations.NullMarked;
