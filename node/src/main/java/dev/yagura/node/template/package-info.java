/** Jinja2 templates, with the forms that Python users see. */
@NullMarked
package dev.yagura.node.template;

import org.jspecify.annotations.NullMarked;
