/** Rules of the administrator: which workflow explains what, and what no alert goes out for. */
@NullMarked
package dev.yagura.server.rule;

import org.jspecify.annotations.NullMarked;
