/**
 * Binds the settings of a node to a record: the record is the documentation, the defaults and the
 * form.
 */
@NullMarked
package dev.yagura.node.config;

import org.jspecify.annotations.NullMarked;
