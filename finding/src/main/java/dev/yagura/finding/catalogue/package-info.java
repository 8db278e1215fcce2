/** What is known about every type of finding, in English and Japanese, in our own words. */
@NullMarked
package dev.yagura.finding.catalogue;

import org.jspecify.annotations.NullMarked;
