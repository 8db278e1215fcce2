/** Tests of what deploys Yagura: the event patterns of the CloudFormation templates. */
@NullMarked
package dev.yagura.deploy;

import org.jspecify.annotations.NullMarked;
