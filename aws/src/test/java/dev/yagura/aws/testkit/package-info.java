/** A stand-in for Amazon Bedrock. */
@NullMarked
package dev.yagura.aws.testkit;

import org.jspecify.annotations.NullMarked;
