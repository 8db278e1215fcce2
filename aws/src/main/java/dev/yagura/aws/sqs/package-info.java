/**
 * Findings from queues of Amazon SQS: asked by long poll, deleted when they are durable. The AWS
 * SDK is not visible outside.
 */
@NullMarked
package dev.yagura.aws.sqs;

import org.jspecify.annotations.NullMarked;
