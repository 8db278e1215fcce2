/** Joins the variables of branches of which one ran. */
@NullMarked
package dev.yagura.node.aggregate;

import org.jspecify.annotations.NullMarked;
