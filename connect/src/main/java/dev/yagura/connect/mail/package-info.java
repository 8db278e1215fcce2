/** E-mail over SMTP. Jakarta Mail stays inside. */
@NullMarked
package dev.yagura.connect.mail;

import org.jspecify.annotations.NullMarked;
