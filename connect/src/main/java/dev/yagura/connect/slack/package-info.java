/** Slack with a bot's token: messages that can be edited, answered and found again. */
@NullMarked
package dev.yagura.connect.slack;

import org.jspecify.annotations.NullMarked;
