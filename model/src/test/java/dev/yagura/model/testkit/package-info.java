/** What every provider must keep to. */
@NullMarked
package dev.yagura.model.testkit;

import org.jspecify.annotations.NullMarked;
