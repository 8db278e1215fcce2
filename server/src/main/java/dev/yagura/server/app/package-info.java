/** Apps, keys, models, channels: what an administrator sets up. */
@NullMarked
package dev.yagura.server.app;

import org.jspecify.annotations.NullMarked;
