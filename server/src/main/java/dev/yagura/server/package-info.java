/** Where everything is wired, and the command line. */
@NullMarked
package dev.yagura.server;

import org.jspecify.annotations.NullMarked;
