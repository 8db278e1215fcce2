/** The one way out: every request that a workflow can influence, under one set of rules. */
@NullMarked
package dev.yagura.egress;

import org.jspecify.annotations.NullMarked;
