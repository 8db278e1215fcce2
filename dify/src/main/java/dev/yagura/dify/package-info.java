/**
 * Dify's workflow files: YAML in, {@link dev.yagura.dify.Workflow} out, with every problem at its
 * line and column. Reading is inert: nothing in a file is run or fetched. Facts: dify-contract §1.
 */
@NullMarked
package dev.yagura.dify;

import org.jspecify.annotations.NullMarked;
