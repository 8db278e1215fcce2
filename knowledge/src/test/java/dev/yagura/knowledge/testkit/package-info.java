/** What every store of knowledge must keep to. */
@NullMarked
package dev.yagura.knowledge.testkit;

import org.jspecify.annotations.NullMarked;
