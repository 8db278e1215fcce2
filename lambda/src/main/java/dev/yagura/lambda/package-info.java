/**
 * The AWS Lambda function between Amazon EventBridge (or a queue) and a Yagura server. It has no
 * part in the rest of the project: what it knows of the server is the HTTP API.
 */
@NullMarked
package dev.yagura.lambda;

import org.jspecify.annotations.NullMarked;
