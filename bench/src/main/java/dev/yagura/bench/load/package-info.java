/**
 * Load over HTTP: measures any server that has Dify's workflow API, and kills one of ours while
 * findings come in.
 */
@NullMarked
package dev.yagura.bench.load;

import org.jspecify.annotations.NullMarked;
