package dev.yagura.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Problem.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void a_problem_reads_like_a_compiler_message_and_says_what_was_probably_meant() {
    var problem =
        Problem.error("unknown-key", "unknown key 'sevrity'", new Place("flow.yml", 3, 5, "node a"))
            .suggest(Suggestion.nearest("sevrity", List.of("type", "severity", "finding")));
    assertThat(problem)
        .hasToString("flow.yml:3:5: error: node a: unknown key 'sevrity' (did you mean severity?)");
  }

  @Test
  void nothing_is_suggested_for_a_word_that_is_far_from_all() {
    assertThat(Suggestion.nearest("banana", List.of("type", "severity"))).isNull();
  }

  @Test
  void a_secret_is_never_printed() {
    assertThat(new Secret("xoxb-1")).hasToString("***");
    assertThat("" + List.of(new Secret("xoxb-1"))).doesNotContain("xoxb");
  }
}
