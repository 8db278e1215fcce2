/** Microsoft Teams, by a workflow that takes webhook requests. */
@NullMarked
package dev.yagura.connect.teams;

import org.jspecify.annotations.NullMarked;
