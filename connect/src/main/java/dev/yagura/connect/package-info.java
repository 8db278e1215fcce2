/** Alerts on their way to people: the outbox and the channels. */
@NullMarked
package dev.yagura.connect;

import org.jspecify.annotations.NullMarked;
