/** Dify's API of knowledge bases, their documents and segments (dify-contract §4.5). */
@NullMarked
package dev.yagura.server.http.dataset;

import org.jspecify.annotations.NullMarked;
