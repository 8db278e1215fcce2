/** The command line. Exit codes: 0 success, 1 failure, 2 usage, 3 unusable input. */
@NullMarked
package dev.yagura.server.cli;

import org.jspecify.annotations.NullMarked;
