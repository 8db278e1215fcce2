package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.OpenAiStub;
import dev.yagura.server.TestServer;
import dev.yagura.server.TestWorkflows;
import io.github.imfangs.dify.client.DifyClientFactory;
import io.github.imfangs.dify.client.DifyWorkflowClient;
import io.github.imfangs.dify.client.callback.WorkflowStreamCallback;
import io.github.imfangs.dify.client.enums.ResponseMode;
import io.github.imfangs.dify.client.event.ErrorEvent;
import io.github.imfangs.dify.client.event.NodeFinishedEvent;
import io.github.imfangs.dify.client.event.WorkflowFinishedEvent;
import io.github.imfangs.dify.client.event.WorkflowStartedEvent;
import io.github.imfangs.dify.client.event.WorkflowTextChunkEvent;
import io.github.imfangs.dify.client.model.file.FileUploadRequest;
import io.github.imfangs.dify.client.model.file.FileUploadResponse;
import io.github.imfangs.dify.client.model.workflow.WorkflowRunRequest;
import io.github.imfangs.dify.client.model.workflow.WorkflowRunResponse;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that were written for Dify, unchanged. */
class ClientsTest {
  @TempDir static Path folder;

  private static OpenAiStub model;
  private static TestServer server;
  private static String key;
  private static String askKey;

  @BeforeAll
  static void start() {
    model = new OpenAiStub();
    server = new TestServer(folder, Map.of());
    server.engine().models().register("openai", Map.of("base-url", model.url()), List.of());
    key = server.publish(TestWorkflows.echo("Echo"));
    askKey = server.publish(TestWorkflows.ask("Ask", "openai", "m"));
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  private static WorkflowRunRequest request(ResponseMode mode) {
    return WorkflowRunRequest.builder()
        .inputs(Map.of("query", "hello"))
        .responseMode(mode)
        .user("alice")
        .build();
  }

  private static DifyWorkflowClient client(String token) {
    return DifyClientFactory.createWorkflowClient(server.url() + "/v1", token);
  }

  @Test
  void the_java_client_runs_a_workflow_and_reads_its_logs() throws Exception {
    DifyWorkflowClient client = client(key);
    WorkflowRunResponse answer = client.runWorkflow(request(ResponseMode.BLOCKING));
    assertThat(answer.getData().getStatus()).isEqualTo("succeeded");
    assertThat(answer.getData().getOutputs()).containsEntry("answer", "You said hello");
    assertThat(client.getWorkflowRun(answer.getWorkflowRunId()).getStatus()).isEqualTo("succeeded");
    var logs = client.getWorkflowLogs("hello", "succeeded", 1, 10);
    assertThat(logs.getData())
        .extracting(log -> log.getWorkflowRun().getId())
        .contains(answer.getWorkflowRunId());
  }

  @Test
  void the_java_client_streams() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    var end = new CompletableFuture<String>();
    client(key)
        .runWorkflowStream(
            request(ResponseMode.STREAMING),
            new WorkflowStreamCallback() {
              @Override
              public void onWorkflowStarted(WorkflowStartedEvent event) {
                heard.add("started");
              }

              @Override
              public void onNodeFinished(NodeFinishedEvent event) {
                heard.add("node " + event.getData().getNodeId());
              }

              @Override
              public void onWorkflowTextChunk(WorkflowTextChunkEvent event) {
                heard.add("text " + event.getData().getText());
              }

              @Override
              public void onWorkflowFinished(WorkflowFinishedEvent event) {
                end.complete(event.getData().getStatus());
              }

              @Override
              public void onError(ErrorEvent event) {
                end.completeExceptionally(new IllegalStateException(event.getMessage()));
              }

              @Override
              public void onException(Throwable failed) {
                end.completeExceptionally(failed);
              }
            });
    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("succeeded");
    assertThat(heard).contains("started", "node say", "text You said hello", "node end");
  }

  @Test
  void the_java_client_stops_a_run() throws Exception {
    model.does(Behaviour.SILENT);
    var task = new CompletableFuture<String>();
    var end = new CompletableFuture<String>();
    DifyWorkflowClient client = client(askKey);
    client.runWorkflowStream(
        request(ResponseMode.STREAMING),
        new WorkflowStreamCallback() {
          @Override
          public void onWorkflowStarted(WorkflowStartedEvent event) {
            task.complete(event.getTaskId());
          }

          @Override
          public void onWorkflowFinished(WorkflowFinishedEvent event) {
            end.complete(event.getData().getStatus());
          }
        });
    assertThat(client.stopWorkflow(task.get(20, TimeUnit.SECONDS), "alice").getResult())
        .isEqualTo("success");
    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("stopped");
    model.does(Behaviour.ANSWERS);
  }

  @Test
  void the_java_client_uploads_a_file() throws Exception {
    File file = Files.writeString(folder.resolve("note.txt"), "a note").toFile();
    FileUploadResponse uploaded =
        client(key).uploadFile(FileUploadRequest.builder().user("alice").build(), file);
    assertThat(uploaded.getName()).isEqualTo("note.txt");
    assertThat(uploaded.getSize()).isEqualTo(6);
    WorkflowRunResponse answer =
        client(key)
            .runWorkflow(
                WorkflowRunRequest.builder()
                    .inputs(
                        Map.of(
                            "query",
                            "with a file",
                            "file",
                            Map.of(
                                "type",
                                "document",
                                "transfer_method",
                                "local_file",
                                "upload_file_id",
                                uploaded.getId())))
                    .responseMode(ResponseMode.BLOCKING)
                    .user("alice")
                    .build());
    assertThat(answer.getData().getStatus()).isEqualTo("succeeded");
  }

  @Test
  void the_javascript_client_runs_streams_and_uploads() throws Exception {
    Path module = folder.resolve("npm");
    Files.createDirectories(module);
    assumeThat(has("npm") && has("node")).as("npm and node are not here").isTrue();
    run(module, "npm", "install", "--no-audit", "--no-fund", "--silent", "dify-client@2.3.2");
    Files.writeString(
        module.resolve("test.mjs"),
        """
        import { CompletionClient } from 'dify-client'
        const [url, key] = process.argv.slice(2)
        const client = new CompletionClient(key, url)
        const blocking = await client.runWorkflow({ query: 'from JavaScript' }, 'alice', false)
        console.log(blocking.data.data.status, blocking.data.data.outputs.answer)
        const streaming = await client.runWorkflow({ query: 'stream' }, 'alice', true)
        let text = ''
        for await (const chunk of streaming.data) text += chunk
        console.log(text.match(/"event":"[a-z_]+"/g).map(e => e.slice(9, -1)).join(' '))
        const form = new FormData()
        form.append('user', 'alice')
        form.append('file', new Blob(['a note']), 'note.txt')
        const uploaded = await client.fileUpload(form)
        console.log(uploaded.status, uploaded.data.name, uploaded.data.size)
        const parameters = await client.getApplicationParameters('alice')
        console.log(Object.keys(parameters.data.user_input_form[0])[0])
        const logs = await client.sendRequest('GET', '/workflows/logs', null, { keyword: 'from JavaScript' })
        console.log(logs.data.total, logs.data.data[0].workflow_run.status)
        const task = blocking.data.task_id
        const stop = await client.sendRequest('POST', `/workflows/tasks/${task}/stop`, { user: 'alice' })
        console.log(stop.data.result)
        """);
    String out = run(module, "node", "test.mjs", server.url() + "/v1", key);
    assertThat(out.lines())
        .containsExactly(
            "succeeded You said from JavaScript",
            "workflow_started node_started node_finished node_started text_chunk text_chunk"
                + " text_chunk node_finished node_started node_finished workflow_finished",
            "201 note.txt 6",
            "paragraph",
            "1 succeeded",
            "success");
  }

  private static boolean has(String command) throws InterruptedException {
    try {
      return new ProcessBuilder(command, "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static String run(Path in, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
