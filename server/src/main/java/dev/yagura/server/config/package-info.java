/** The configuration: file, environment, command line. */
@NullMarked
package dev.yagura.server.config;

import org.jspecify.annotations.NullMarked;
