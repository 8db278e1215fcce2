/** The alert: what people read, in their language, in the form of the place where they read it. */
@NullMarked
package dev.yagura.finding.alert;

import org.jspecify.annotations.NullMarked;
