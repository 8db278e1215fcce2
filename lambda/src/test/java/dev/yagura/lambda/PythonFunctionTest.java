package dev.yagura.lambda;

import static dev.yagura.lambda.StubYagura.Reply.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.yagura.lambda.PythonFunction.Ended;
import dev.yagura.lambda.StubYagura.Reply;
import dev.yagura.lambda.StubYagura.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The article's own kind of client, as lambda/python has it. */
@ParameterizedClass
@ValueSource(strings = {"lambda_function", "lambda_function_requests"})
class PythonFunctionTest {
  @Parameter String module;
  @TempDir Path folder;
  private StubYagura server;
  private PythonFunction function;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    function = new PythonFunction(module, folder);
    function.assumePossible();
    server = new StubYagura().always(request -> run("succeeded"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void the_workflow_runs_with_the_finding_as_text() throws Exception {
    Ended ended = function.call(Findings.event(), server);
    assertThat(ended).isEqualTo(new Ended(0, "{\"outcome\": \"delivered\", \"run\": \"run-7\"}\n"));
    assertThat(server.seen()).hasSize(1);
    Seen seen = server.seen().getFirst();
    assertThat(seen.path()).isEqualTo("/v1/workflows/run");
    assertThat(seen.authorization()).isEqualTo("Bearer " + InvokedFunction.KEY);
    assertThat(seen.key()).isEqualTo(Findings.ID + "@" + Findings.UPDATED);
    JsonObject body = JsonParser.parseString(seen.body()).getAsJsonObject();
    assertThat(body.get("response_mode").getAsString()).isEqualTo("blocking");
    String finding = body.getAsJsonObject("inputs").get("finding").getAsString();
    assertThat(JsonParser.parseString(finding)).isEqualTo(JsonParser.parseString(Findings.event()));
  }

  @Test
  void the_finding_of_a_run_that_failed_is_handed_over() throws Exception {
    server.answers(run("failed"), StubYagura.ACCEPTED);
    assertThat(function.call(Findings.event(), server).output()).contains("delivered");
    assertThat(server.seen())
        .extracting(Seen::path)
        .containsExactly("/v1/workflows/run", "/v1/findings");
    assertThat(JsonParser.parseString(server.seen().get(1).body()))
        .isEqualTo(JsonParser.parseString(Findings.event()));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 503})
  void what_fails_is_raised_so_that_lambda_tries_again(int status) throws Exception {
    server.answers(Reply.error(status, "code", "words"));
    Ended ended = function.call(Findings.event(), server);
    assertThat(ended.status()).isNotZero();
    assertThat(ended.output()).contains("" + status).doesNotContain(InvokedFunction.KEY);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void the_key_does_not_go_along_to_another_server() throws Exception {
    try (var other = new StubYagura()) {
      server.answers(new Reply(302, "", Map.of("Location", other.host() + "/sign-in")));
      Ended ended = function.call(Findings.event(), server);
      assertThat(ended.status()).isNotZero();
      assertThat(ended.output()).contains("302");
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void another_event_is_ignored() throws Exception {
    assertThat(function.call(Findings.other(), server).output()).contains("ignored");
    assertThat(server.seen()).isEmpty();
  }
}
