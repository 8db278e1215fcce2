package dev.yagura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip as AWS runs it: under the runtime interface client. */
class ZipUnderRuntimeClientTest {
  @TempDir Path folder;

  private static Map<String, String> environment(StubYagura yagura) {
    return Map.of("HOST", yagura.host(), "API_KEY", "app-zip-key");
  }

  @Test
  void the_zip_is_small_and_holds_no_runtime() throws IOException {
    assertThat(Files.size(RunningFunction.ZIP)).isLessThan(400_000);
    try (var zip = new ZipFile(RunningFunction.ZIP.toFile())) {
      assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .hasSize(3)
          .anyMatch(name -> name.matches("lib/yagura-lambda-[^/]+\\.jar"))
          .anyMatch(name -> name.matches("lib/aws-lambda-java-core-[^/]+\\.jar"))
          .anyMatch(name -> name.matches("lib/gson-[^/]+\\.jar"));
    }
  }

  @Test
  void an_event_reaches_the_server_and_the_answer_the_runtime() throws Exception {
    try (var yagura = new StubYagura();
        var api = new RuntimeApi();
        var function = new RunningFunction(folder, api, environment(yagura))) {
      api.invoke(Findings.event("11112222333344445555666677778888"));
      RuntimeApi.Said said = api.next();
      assertThat(said)
          .as(function.output())
          .isEqualTo(new RuntimeApi.Said("response", "{\"outcome\":\"delivered\"}"));
      StubYagura.Seen seen = yagura.seen().getFirst();
      assertThat(seen.path()).isEqualTo("/v1/findings");
      assertThat(seen.authorization()).isEqualTo("Bearer app-zip-key");
      assertThat(seen.body()).contains("11112222333344445555666677778888");
      assertThat(function.output()).doesNotContain("app-zip-key");
      api.invoke(Findings.event("99992222333344445555666677778888"));
      assertThat(api.next().what()).isEqualTo("response");
    }
  }

  @Test
  void a_server_that_cannot_answer_is_an_error_that_lambda_tries_again() throws Exception {
    try (var yagura = new StubYagura();
        var api = new RuntimeApi();
        var function = new RunningFunction(folder, api, environment(yagura))) {
      yagura.always(request -> StubYagura.Reply.error(500, "internal_server_error", "broken"));
      api.invoke(Findings.event("11112222333344445555666677778888"));
      RuntimeApi.Said said = api.next();
      assertThat(said.what()).as(function.output()).isEqualTo("error");
      assertThat(said.body()).contains("NotDelivered").contains("500");
    }
  }

  @Test
  void of_a_batch_the_messages_that_failed_are_named() throws Exception {
    JsonObject batch = new JsonObject();
    JsonArray records = new JsonArray();
    records.add(message("good", Findings.event("11112222333344445555666677778888")));
    records.add(message("bad", "no JSON"));
    batch.add("Records", records);
    try (var yagura = new StubYagura();
        var api = new RuntimeApi();
        var function = new RunningFunction(folder, api, environment(yagura))) {
      api.invoke(batch.toString());
      RuntimeApi.Said said = api.next();
      assertThat(said)
          .as(function.output())
          .isEqualTo(
              new RuntimeApi.Said(
                  "response", "{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}"));
    }
  }

  private static JsonObject message(String id, String body) {
    JsonObject message = new JsonObject();
    message.addProperty("messageId", id);
    message.addProperty("eventSource", "aws:sqs");
    message.addProperty("body", body);
    return message;
  }

  @Test
  void a_wrong_environment_is_said_before_any_event() throws Exception {
    try (var api = new RuntimeApi();
        var function =
            new RunningFunction(folder, api, Map.of("HOST", "", "API_KEY", "app-zip-key"))) {
      RuntimeApi.Said said = api.next();
      assertThat(said.what()).as(function.output()).isEqualTo("init/error");
      assertThat(said.body()).contains("HOST").doesNotContain("app-zip-key");
    }
  }
}
