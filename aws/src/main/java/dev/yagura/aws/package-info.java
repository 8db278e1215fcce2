/** The AWS SDK lives here and nowhere else. */
@NullMarked
package dev.yagura.aws;

import org.jspecify.annotations.NullMarked;
