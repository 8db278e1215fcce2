package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.model.testkit.Behaviour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code yagura model}: chat models, embedding models, and models that rerank. */
class ModelCommandTest {
  @TempDir Path folder;

  private final BedrockStub bedrock = new BedrockStub();

  @AfterEach
  void close() {
    bedrock.close();
  }

  private CommandLineRun yagura(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandLineRun.with(
        "", Map.of("AWS_SECRET", "an-example-secret"), false, all.toArray(String[]::new));
  }

  private String done(String... arguments) {
    CommandLineRun run = yagura(arguments);
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    return run.out();
  }

  private String addBedrock() {
    return done(
        "model",
        "add",
        "bedrock",
        "--region",
        "us-east-1",
        "--option",
        "endpoint-url=" + bedrock.url(),
        "--option",
        "access-key-id=AKIAEXAMPLE12345",
        "--secret",
        "secret-access-key=env:AWS_SECRET",
        "--model",
        "amazon.nova-lite-v1:0",
        "--embedding",
        "cohere.embed-multilingual-v3",
        "--rerank",
        "cohere.rerank-v3-5:0");
  }

  @Test
  void registers_lists_and_tries_models_of_all_kinds() {
    assertThat(addBedrock()).contains("the system's rerank model is bedrock/cohere.rerank-v3-5:0");
    assertThat(done("model", "list"))
        .contains("system embedding model: bedrock/cohere.embed-multilingual-v3")
        .contains("system rerank model:    bedrock/cohere.rerank-v3-5:0");
    assertThat(done("model", "test"))
        .contains("bedrock/amazon.nova-lite-v1:0 answers after")
        .contains("bedrock/cohere.embed-multilingual-v3 embeds after")
        .contains("65 dimensions")
        .contains("bedrock/cohere.rerank-v3-5:0 ranks after")
        .contains("the text that answers first");
    assertThat(yagura("doctor").out().lines().toList())
        .anyMatch(line -> line.matches("ok +embedding +bedrock/cohere.embed\\S+ answers .*"))
        .anyMatch(line -> line.matches("ok +rerank +bedrock/cohere.rerank\\S+ answers .*"));
  }

  @Test
  void a_named_model_is_tried_as_what_it_is_used_for_or_as_one_says() {
    addBedrock();
    assertThat(done("model", "test", "bedrock/cohere.embed-multilingual-v3")).contains("embeds");
    assertThat(done("model", "test", "bedrock/amazon.rerank-v1:0", "--kind", "rerank"))
        .contains("bedrock/amazon.rerank-v1:0 ranks after");
    assertThat(done("model", "default", "rerank", "bedrock/amazon.rerank-v1:0"))
        .contains("the system's rerank model is bedrock/amazon.rerank-v1:0");
  }

  @Test
  void a_model_that_does_not_work_is_named_with_the_reason() {
    addBedrock();
    bedrock.does(Behaviour.DENIED);
    assertThat(yagura("model", "test", "--kind", "rerank").err()).contains("AccessDenied");
    assertThat(yagura("doctor", "--offline").out())
        .contains("bedrock/cohere.rerank-v3-5:0, not asked");
  }

  @Test
  void what_cannot_be_is_refused_and_says_what_can() {
    addBedrock();
    assertThat(yagura("model", "default", "rerank", "bedrock/cohere.embed-v4:0").err())
        .contains("expected: cohere.rerank-v3-5:0 or amazon.rerank-v1:0");
    assertThat(yagura("model", "default", "reranker", "bedrock/amazon.rerank-v1:0").err())
        .contains("kind: 'reranker' (expected: chat, embedding or rerank)");
    assertThat(yagura("model", "default", "rerank", "openai/x").err())
        .contains("openai is not registered (expected: yagura model add openai first)");
    assertThat(yagura("model", "test", "openai/x", "--kind", "embedding").err())
        .contains("openai/x is not registered");
  }

  @Test
  void the_local_model_needs_no_network_and_has_no_chat() {
    assertThat(yagura("model", "test", "--kind", "embedding").err())
        .contains("no embedding model is set up (expected: yagura model default embedding");
    assertThat(done("model", "add", "local", "--embedding", "all-minilm-l6-v2"))
        .contains("local is registered")
        .contains("the system's embedding model is local/all-minilm-l6-v2");
    assertThat(done("model", "test"))
        .contains("local/all-minilm-l6-v2 embeds after")
        .contains("384 dimensions")
        .doesNotContain("answers");
    assertThat(yagura("model", "default", "chat", "local/all-minilm-l6-v2").err())
        .contains("local has no chat models");
    assertThat(yagura("model", "add", "local", "--rerank", "all-minilm-l6-v2").err())
        .contains("local has no models that rerank (expected: a model of bedrock)");
  }
}
