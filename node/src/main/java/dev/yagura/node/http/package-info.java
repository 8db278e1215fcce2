/** The http-request node. */
@NullMarked
package dev.yagura.node.http;

import org.jspecify.annotations.NullMarked;
