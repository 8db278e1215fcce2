package dev.yagura.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private final Masking masking =
      new Masking(Value.object("token", "p&ss wörd\"/1", "longer", "p&ss wörd\"/1-and-more"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p&ss wörd\"/1",
        "p%26ss+w%C3%B6rd%22%2F1",
        "p%26ss%20w%C3%B6rd%22%2F1",
        "p&ss wörd\\\"/1",
        "cCZzcyB3w7ZyZCIvMQ==",
        "p&ss wörd\"/1-and-more"
      })
  void a_secret_is_masked_in_every_form_that_it_takes(String form) {
    Failure failure = Failure.user("E", "refused: [" + form + "]");
    assertThat(masking.masked(failure).message()).isEqualTo("refused: [***]");
  }

  @Test
  void what_people_read_is_masked_and_what_the_workflow_passes_on_is_not() {
    Value.Obj said = Value.object("said", "token p&ss wörd\"/1");
    Outcome masked = masking.masked(Outcome.Done.of(said).trace(said));
    assertThat(masked).isEqualTo(Outcome.Done.of(said).trace(Value.object("said", "token ***")));
    var detailed =
        new Failure(
            Failure.Kind.USER,
            "E",
            "m",
            false,
            Map.of("url", "https://x/?t=p%26ss+w%C3%B6rd%22%2F1"));
    assertThat(masking.masked(detailed).details()).containsEntry("url", "https://x/?t=***");
  }
}
