package dev.yagura.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  @Test
  void says_what_happened_and_not_which_class_it_was() {
    assertThat(Reasons.of(new RuntimeException(new ConnectException())))
        .isEqualTo("nobody listens there");
    var unknown = new ConnectException();
    unknown.initCause(new java.nio.channels.UnresolvedAddressException());
    assertThat(Reasons.of(new RuntimeException(unknown)))
        .isEqualTo("the name of the host cannot be resolved");
    assertThat(Reasons.of(new IOException(new UnknownHostException("x"))))
        .isEqualTo("the name of the host cannot be resolved");
    assertThat(Reasons.of(new RuntimeException("java.io.IOException: closed early")))
        .isEqualTo("closed early");
    assertThat(Reasons.of(new RuntimeException(new IllegalStateException())))
        .isEqualTo("no reason is given");
    assertThat(Reasons.of(new RuntimeException("x".repeat(600)))).hasSize(501);
  }
}
