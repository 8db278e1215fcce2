package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.knowledge.Document;
import dev.yagura.model.testkit.OpenAiStub;
import dev.yagura.server.CatalogueKnowledge;
import dev.yagura.server.TestServer;
import dev.yagura.server.TestServer.Answer;
import dev.yagura.server.TestWorkflows;
import dev.yagura.server.app.Keys;
import dev.yagura.server.app.ModelRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dify's knowledge API over HTTP (dify-contract §4.5): what its clients do not do, and errors. */
class DatasetApiTest {
  private static final String AUTOMATIC = "\"process_rule\": {\"mode\": \"automatic\"}";
  private static final String HIGH = "\"indexing_technique\": \"high_quality\"";
  private static final String NONE = "00000000-0000-4000-8000-000000000000";

  @TempDir static Path folder;

  private static OpenAiStub model;
  private static TestServer server;
  private static String key;

  @BeforeAll
  static void start() {
    model = new OpenAiStub();
    server = new TestServer(folder, Map.of());
    server.engine().models().register("openai", Map.of("base-url", model.url()), List.of());
    server.engine().models().system(ModelRegistry.Kind.EMBEDDING, "openai", "e");
    key = server.engine().keys().make(Keys.Kind.DATASET, "").token();
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  private static Answer post(String path, String body) {
    return server.post("/v1/datasets" + path, key, body);
  }

  private static Answer get(String path) {
    return server.get("/v1/datasets" + path, key);
  }

  private static Answer send(String method, String path, String body) {
    return server.send(method, "/v1/datasets" + path, key, body);
  }

  private static String dataset(String name) {
    Answer made = post("", "{\"name\": \"" + name + "\", " + HIGH + "}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    return "/" + made.json().path("id").asText();
  }

  /** The path of a new document, when the work on it is over. */
  private static String document(String dataset, String more) throws InterruptedException {
    Answer made =
        post(
            dataset + "/document/create_by_text",
            "{\"name\": \"Notes\", \"text\": \"Isolate the host.\\n\\nRotate the keys.\", "
                + more
                + "}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    String id = made.json().path("document").path("id").asText();
    Document done = server.engine().library().await(id);
    assertThat(done.state()).as(done.error()).isEqualTo(Document.State.COMPLETED);
    return dataset + "/documents/" + id;
  }

  private static void refused(Answer answer, int status, String code, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("code").asText()).isEqualTo(code);
    assertThat(answer.json().path("message").asText()).contains(message);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
  }

  @Test
  void every_route_wants_a_key_of_the_knowledge() {
    String app = server.publish(TestWorkflows.echo("Echo"));
    String intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
    JsonNode paths = server.get("/api/openapi.json", null).json().path("paths");
    int routes = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (!path.getKey().startsWith("/v1/datasets") && !path.getKey().contains("model-types")) {
        continue;
      }
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        routes++;
        assertThat(method.getValue().path("summary").asText()).as(path.getKey()).isNotBlank();
        String at = path.getKey().replaceAll("\\{[a-z_]+}", "x");
        for (String wrong : List.of(app, intake, "dataset-nobody", server.adminToken())) {
          refused(
              server.send(method.getKey().toUpperCase(java.util.Locale.ROOT), at, wrong, "{}"),
              401,
              "unauthorized",
              "Access token is invalid");
        }
      }
    }
    assertThat(routes).isEqualTo(44);
    assertThat(server.get("/v1/info", key).status()).isEqualTo(401);
    assertThat(server.post("/v1/findings", key, "{}").status()).isEqualTo(401);
    assertThat(get("").status()).isEqualTo(200);
  }

  @Test
  void a_dataset_has_difys_shape() {
    Answer made =
        post(
            "",
            """
            {"name": " 調査 ", "description": "d", "permission": "all_team_members",
             "retrieval_model": {"search_method": "hybrid_search", "reranking_enable": false,
               "reranking_mode": "weighted_score", "top_k": 7, "score_threshold_enabled": true,
               "score_threshold": 0.25,
               "weights": {"vector_setting": {"vector_weight": 0.8},
                           "keyword_setting": {"keyword_weight": 0.2}}},}
            """);
    JsonNode json = made.json();
    assertThat(json.path("name").asText()).isEqualTo("調査");
    assertThat(json.path("permission").asText()).isEqualTo("all_team_members");
    assertThat(json.path("indexing_technique").isNull()).isTrue();
    assertThat(json.path("doc_form").isNull()).isTrue();
    assertThat(json.path("embedding_model").asText()).isEqualTo("e");
    assertThat(json.path("embedding_model_provider").asText()).isEqualTo("openai");
    assertThat(json.path("embedding_available").asBoolean()).isTrue();
    assertThat(json.path("created_at").isIntegralNumber()).isTrue();
    JsonNode search = json.path("retrieval_model_dict");
    assertThat(search.path("reranking_mode").asText()).isEqualTo("weighted_score");
    assertThat(search.path("top_k").asInt()).isEqualTo(7);
    assertThat(search.path("score_threshold").asDouble()).isEqualTo(0.25);
    assertThat(search.path("weights").path("vector_setting").path("vector_weight").asDouble())
        .isEqualTo(0.8);
    for (String name :
        List.of(
            "provider",
            "app_count",
            "document_count",
            "word_count",
            "tags",
            "external_knowledge_info",
            "external_retrieval_model",
            "doc_metadata",
            "built_in_field_enabled",
            "runtime_mode",
            "total_documents",
            "total_available_documents",
            "enable_api",
            "is_multimodal")) {
      assertThat(json.has(name)).as(name).isTrue();
    }
    String path = "/" + json.path("id").asText();
    Answer changed = send("PATCH", path, "{\"description\": \"other\", \"name\": null}");
    assertThat(changed.json().path("name").asText()).isEqualTo("調査");
    assertThat(changed.json().path("description").asText()).isEqualTo("other");
    assertThat(send("DELETE", path, null).status()).isEqualTo(204);
    refused(get(path), 404, "not_found", "Dataset not found.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                        | name
          {"name": ""}                                              | name
          {"name": 5}                                               | name
          {"name": "12345678901234567890123456789012345678901"}     | 40
          {"name": "a", "indexing_technique": "best"}               | indexing_technique
          {"name": "a", "permission": "everybody"}                  | permission
          {"name": "a", "provider": "external"}                     | External datasets are not
          {"name": "a", "retrieval_model": 5}                       | retrieval_model
          {"name": "a", "retrieval_model": {"top_k": 0}}            | retrieval_model.top_k
          {"name": "a", "retrieval_model": {"top_k": "4"}}          | retrieval_model.top_k
          {"name": "a", "retrieval_model": {"search_method": "x"}}  | retrieval_model.search_method
          {"name": "a", "retrieval_model": {"score_threshold": 2}}  | score_threshold
          """)
  void a_wrong_dataset_is_refused_by_name(String body, String message) {
    Answer answer = post("", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).contains(message);
  }

  @Test
  void refusals_have_difys_codes() {
    dataset("Taken");
    refused(post("", "{\"name\": \"Taken\"}"), 409, "dataset_name_duplicate", "already exists");
    refused(
        post(
            "",
            "{\"name\": \"m\", \"embedding_model\": \"x\", \"embedding_model_provider\": \"y\"}"),
        400,
        "provider_not_initialize",
        "y/x");
    refused(post("", "no json"), 400, "bad_request", "Invalid JSON");
    refused(post("", "{\"name\": \"" + "x".repeat(11 << 20) + "\"}"), 413, "request_too_large", "");
    refused(get("?limit=0"), 400, "invalid_param", "limit");
    refused(get("?page=-1"), 400, "invalid_param", "page");
    refused(get("/" + NONE), 404, "not_found", "Dataset not found.");
    refused(get("/" + NONE + "/documents"), 404, "not_found", "Dataset not found.");
  }

  @Test
  void lists_have_pages_and_end_with_what_comes_with_the_product() {
    dataset("Listed 1");
    dataset("Listed 2");
    JsonNode first = get("?limit=1&keyword=listed").json();
    assertThat(first.path("data").path(0).path("name").asText()).isEqualTo("Listed 2");
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(first.path("total").asInt()).isEqualTo(2);
    JsonNode second = get("?limit=1&page=2&keyword=listed").json();
    assertThat(second.path("has_more").asBoolean()).isFalse();
    JsonNode all = get("?limit=1000").json();
    assertThat(all.path("limit").asInt()).isEqualTo(100);
    JsonNode last = all.path("data").path(all.path("data").size() - 1);
    assertThat(last.path("read_only").asBoolean()).isTrue();
    assertThat(last.path("document_count").asInt()).isPositive();
  }

  @Test
  void what_comes_with_the_product_is_found_and_not_changed() {
    String path = "/" + CatalogueKnowledge.BASE.id();
    assertThat(get(path).json().path("name").asText()).isEqualTo(CatalogueKnowledge.BASE.name());
    assertThat(get(path + "/documents").json().path("total").asInt()).isEqualTo(1);
    Answer found =
        post(path + "/retrieve", "{\"query\": \"UnauthorizedAccess:EC2/SSHBruteForce\"}");
    JsonNode record = found.json().path("records").path(0);
    assertThat(record.path("segment").path("content").asText()).contains("SSHBruteForce");
    assertThat(record.path("segment").path("document").path("name").asText()).isNotEmpty();
    Stream.of(
            send("PATCH", path, "{\"name\": \"Mine\"}"),
            send("DELETE", path, null),
            post(path + "/document/create-by-text", "{}"),
            post(path + "/metadata", "{}"),
            send("PATCH", path + "/documents/status/disable", "{}"))
        .forEach(answer -> refused(answer, 403, "forbidden", "read-only"));
  }

  @Test
  void a_dataset_that_a_workflow_uses_is_not_deleted() {
    String path = dataset("Bound");
    String id = path.substring(1);
    var apps = server.engine().apps();
    var app = apps.all().getFirst();
    apps.bind(app, Map.of("*", id));
    assertThat(get(path).json().path("app_count").asInt()).isEqualTo(1);
    refused(send("DELETE", path, null), 409, "dataset_in_use", "used by some apps");
  }

  @Test
  void the_first_document_decides_what_a_dataset_is() throws InterruptedException {
    String path = "/" + post("", "{\"name\": \"First\"}").json().path("id").asText();
    String create = path + "/document/create-by-text";
    String text = "{\"name\": \"n\", \"text\": \"t\", ";
    refused(post(create, text + AUTOMATIC + "}"), 400, "invalid_param", "indexing_technique is");
    refused(post(create, text + HIGH + "}"), 400, "invalid_param", "process_rule is required.");
    refused(
        post(create, text + HIGH + ", " + AUTOMATIC + ", \"doc_form\": \"qa_model\"}"),
        400,
        "invalid_param",
        "doc_language");
    refused(
        post(
            create,
            text
                + AUTOMATIC
                + ", \"indexing_technique\": \"economy\", \"doc_form\": \"hierarchical_model\"}"),
        400,
        "invalid_param",
        "Indexing technique must be high quality.");
    String document = document(path, "\"indexing_technique\": \"economy\", " + AUTOMATIC);
    JsonNode dataset = get(path).json();
    assertThat(dataset.path("indexing_technique").asText()).isEqualTo("economy");
    assertThat(dataset.path("doc_form").asText()).isEqualTo("text_model");
    assertThat(dataset.path("retrieval_model_dict").path("search_method").asText())
        .isEqualTo("keyword_search");
    assertThat(get(document).json().path("created_from").asText()).isEqualTo("api");
    refused(
        post(create, text + "\"doc_form\": \"hierarchical_model\"}"),
        400,
        "invalid_param",
        "doc_form is different");
    assertThat(post(create, text + "\"doc_form\": null}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 4001})
  void segments_have_bounds(int length) {
    String path = dataset("Bounds " + length);
    String rule =
        "{\"mode\": \"custom\", \"rules\": {\"segmentation\": {\"max_tokens\": " + length + "}}}";
    refused(
        post(
            path + "/document/create-by-text",
            "{\"name\": \"n\", \"text\": \"t\", \"process_rule\": " + rule + "}"),
        400,
        "invalid_param",
        "Custom segment length should be between 50 and 4000.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"separator", "delimiter"})
  void a_rule_names_its_separator_in_two_ways(String name) throws InterruptedException {
    String path = dataset("Rule " + name);
    String document =
        document(
            path,
            "\"process_rule\": {\"mode\": \"custom\", \"rules\": {\"pre_processing_rules\":"
                + " [{\"id\": \"remove_extra_spaces\", \"enabled\": true}], \"segmentation\": {\""
                + name
                + "\": \"\\\\n\\\\n\", \"max_tokens\": 500}}}");
    JsonNode detail = get(document + "?metadata=without").json();
    assertThat(detail.path("segment_count").asInt()).isEqualTo(2);
    assertThat(detail.has("doc_metadata")).isFalse();
    JsonNode rule = detail.path("document_process_rule");
    assertThat(rule.path("mode").asText()).isEqualTo("custom");
    assertThat(rule.path("rules").path("segmentation").path("max_tokens").asInt()).isEqualTo(500);
    assertThat(get(document + "?metadata=only").json().size()).isEqualTo(3);
    refused(get(document + "?metadata=some"), 400, "invalid_metadata", "some");
  }

  @Test
  void documents_of_one_name_are_two_documents() throws InterruptedException {
    String path = dataset("Twins");
    String first = document(path, AUTOMATIC);
    String second = document(path, AUTOMATIC);
    assertThat(second).isNotEqualTo(first);
    JsonNode list = get(path + "/documents?keyword=notes&status=available").json();
    assertThat(list.path("total").asInt()).isEqualTo(2);
    assertThat(list.path("data").path(0).path("name").asText()).isEqualTo("Notes (2)");
    assertThat(list.path("data").path(0).path("position").asInt()).isEqualTo(2);
    refused(get(path + "/documents?status=new"), 400, "invalid_param", "status");
    assertThat(send("DELETE", second, null).status()).isEqualTo(204);
    assertThat(send("DELETE", second, null).status()).isEqualTo(404);
    assertThat(get(path + "/documents").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void an_update_keeps_the_document_and_changes_what_is_said() throws InterruptedException {
    String path = dataset("Updates");
    String document = document(path, AUTOMATIC);
    String id = document.substring(document.lastIndexOf('/') + 1);
    Answer renamed = post(document + "/update_by_text", "{\"name\": \"Other\"}");
    assertThat(renamed.json().path("document").path("id").asText()).isEqualTo(id);
    assertThat(renamed.json().path("document").path("name").asText()).isEqualTo("Other");
    String batch = renamed.json().path("batch").asText();
    assertThat(batch).matches("\\d{20}");
    JsonNode status = get(path + "/documents/" + batch + "/indexing-status").json();
    assertThat(status.path("data").path(0).path("indexing_status").asText()).isEqualTo("completed");
    Answer cut =
        post(
            document + "/update-by-text",
            "{\"process_rule\": {\"mode\": \"custom\", \"rules\": {\"segmentation\":"
                + " {\"separator\": \"\\n\\n\", \"max_tokens\": 100}}}}");
    assertThat(cut.status()).as(cut.text()).isEqualTo(200);
    assertThat(server.engine().library().await(id).counts().segments()).isEqualTo(2);
    refused(get(path + "/documents/20000101000000123456/indexing-status"), 404, "not_found", "");
  }

  @Test
  void documents_are_found_or_not() throws InterruptedException {
    String path = dataset("Switches");
    String document = document(path, AUTOMATIC);
    String ids =
        "{\"document_ids\": [\"" + document.substring(document.lastIndexOf('/') + 1) + "\"]}";
    String status = path + "/documents/status/";
    assertThat(hits(path, "isolate host")).isPositive();
    for (String[] one :
        new String[][] {
          {"disable", "disabled"},
          {"enable", "available"},
          {"archive", "archived"},
        }) {
      assertThat(send("PATCH", status + one[0], ids).text()).contains("success");
      assertThat(get(document).json().path("display_status").asText()).isEqualTo(one[1]);
      assertThat(hits(path, "isolate host") > 0).isEqualTo(one[0].equals("enable"));
    }
    refused(send("DELETE", document, null), 403, "archived_document_immutable", "not editable");
    assertThat(send("PATCH", status + "un_archive", ids).status()).isEqualTo(200);
    refused(send("PATCH", status + "burn", ids), 400, "invalid_action", "Invalid action");
    refused(
        send("PATCH", status + "enable", "{\"document_ids\": [\"" + NONE + "\"]}"),
        404,
        "not_found",
        "Document not found.");
  }

  private static int hits(String dataset, String query) {
    return post(dataset + "/retrieve", "{\"query\": \"" + query + "\"}")
        .json()
        .path("records")
        .size();
  }

  @Test
  void retrieval_explains_its_scores_and_keeps_to_its_model() throws InterruptedException {
    String path = dataset("Scores");
    String unused = document(path, AUTOMATIC);
    Answer answer =
        post(
            path + "/hit-testing",
            """
            {"query": "isolate the host", "retrieval_model": {"search_method": "hybrid_search",
             "reranking_enable": false, "top_k": 1, "score_threshold_enabled": false,
             "weights": {"weight_type": "semantic_first"}}}
            """);
    assertThat(answer.json().path("query").path("content").asText()).isEqualTo("isolate the host");
    assertThat(answer.json().path("records").size()).isEqualTo(1);
    JsonNode record = answer.json().path("records").path(0);
    JsonNode details = record.path("score_details");
    assertThat(details.path("search_method").asText()).isEqualTo("hybrid_search");
    assertThat(details.path("full_text").isNumber()).isTrue();
    assertThat(details.path("vector").isNumber()).isTrue();
    assertThat(details.path("vector_weight").asDouble()).isEqualTo(0.7);
    assertThat(details.path("rerank").isNull()).isTrue();
    assertThat(record.path("segment").path("document").path("name").asText()).isEqualTo("Notes");
    refused(post(path + "/retrieve", "{\"query\": \" \"}"), 400, "invalid_param", "Query is");
    refused(
        post(path + "/retrieve", "{\"query\": \"" + "q".repeat(251) + "\"}"),
        400,
        "invalid_param",
        "250");
    assertThat(post(path + "/retrieve", "{\"query\": \"" + "😀".repeat(250) + "\"}").status())
        .isEqualTo(200);
  }

  @Test
  void files_come_in_with_what_is_said_about_them() throws Exception {
    String path = dataset("Files");
    String large = "Rotate the keys of the user.\n\n".repeat(60_000);
    Answer made = file(path + "/document/create_by_file", "large.md", large, "{" + AUTOMATIC + "}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    String id = made.json().path("document").path("id").asText();
    assertThat(server.engine().library().await(id).counts().segments()).isPositive();
    Answer updated =
        file(path + "/documents/" + id + "/update_by_file", "small.md", "Isolate it.", "{}");
    assertThat(updated.json().path("document").path("name").asText()).isEqualTo("small.md");
    assertThat(server.engine().library().await(id).counts().segments()).isEqualTo(1);
    String create = path + "/document/create-by-file";
    refused(file(create, "tool.exe", "MZ", "{}"), 415, "unsupported_file_type", "not allowed");
    refused(file(create, "a*b.md", "x", "{}"), 400, "invalid_param", "Filename");
    refused(file(create, "a.md", "x", "no json"), 400, "bad_request", "Invalid JSON");
    refused(post(create, "{}"), 400, "bad_request", "multipart/form-data");
    try (Stream<Path> left = Files.list(folder.resolve("data").resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
  }

  private static Answer file(String path, String name, String content, String data) {
    String body =
        "--limit\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n"
            + data
            + "\r\n--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            + content
            + "\r\n--limit--\r\n";
    return server.post(
        "/v1/datasets" + path, key, body, "Content-Type", "multipart/form-data; boundary=limit");
  }

  @Test
  void segments_are_added_changed_and_switched() throws InterruptedException {
    String path = dataset("Segments");
    String document = document(path, AUTOMATIC);
    String segments = document + "/segments";
    Answer empty = post(segments, "{\"segments\": []}");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.json().path("error").asText()).isEqualTo("Segments is required");
    refused(
        post(segments, "{\"segments\": [{\"content\": \" \"}]}"),
        400,
        "invalid_param",
        "Content is empty");
    JsonNode added =
        post(segments, "{\"segments\": [{\"content\": \"Quarantine subnet.\"}]}").json();
    assertThat(added.path("doc_form").asText()).isEqualTo("text_model");
    String one = segments + "/" + added.path("data").path(0).path("id").asText();
    assertThat(hits(path, "quarantine subnet")).isPositive();
    JsonNode off = post(one, "{\"segment\": {\"enabled\": false}}").json();
    assertThat(off.path("data").path("content").asText()).isEqualTo("Quarantine subnet.");
    assertThat(get(segments + "?keyword=quarantine").json().path("total").asInt()).isEqualTo(1);
    refused(get(segments + "?status=odd"), 400, "invalid_param", "status");
    refused(post(one, "{}"), 400, "invalid_param", "segment");
    refused(
        post(one + "/child_chunks", "{\"content\": \"x\"}"), 400, "invalid_param", "child chunks");
    assertThat(send("DELETE", one, null).status()).isEqualTo(204);
    refused(get(one), 404, "not_found", "Segment not found.");
  }

  @Test
  void a_parent_that_is_off_is_not_found_by_its_children() throws InterruptedException {
    String path = dataset("Families");
    String document =
        document(
            path,
            "\"doc_form\": \"hierarchical_model\", \"process_rule\": {\"mode\": \"hierarchical\","
                + " \"rules\": {\"parent_mode\": \"full-doc\", \"subchunk_segmentation\":"
                + " {\"separator\": \"\\n\", \"max_tokens\": 50}}}");
    JsonNode parent = get(document + "/segments").json().path("data").path(0);
    assertThat(parent.path("child_chunks").size()).isEqualTo(2);
    String one = document + "/segments/" + parent.path("id").asText();
    assertThat(get(one + "/child_chunks?limit=1").json().path("total_pages").asInt()).isEqualTo(2);
    JsonNode found = post(path + "/retrieve", "{\"query\": \"rotate\"}").json();
    assertThat(found.path("records").path(0).path("child_chunks").size()).isPositive();
    assertThat(post(one, "{\"segment\": {\"enabled\": false}}").status()).isEqualTo(200);
    assertThat(hits(path, "rotate")).isZero();
    assertThat(post(one, "{\"segment\": {\"enabled\": true}}").status()).isEqualTo(200);
    assertThat(hits(path, "rotate")).isPositive();
    assertThat(get(document).json().path("document_process_rule").path("mode").asText())
        .isEqualTo("hierarchical");
  }

  @Test
  void metadata_narrows_a_search() throws InterruptedException {
    String path = dataset("Metadata");
    String document = document(path, AUTOMATIC);
    String id = document.substring(document.lastIndexOf('/') + 1);
    Answer made = post(path + "/metadata", "{\"type\": \"number\", \"name\": \"level\"}");
    assertThat(made.status()).isEqualTo(201);
    String field = made.json().path("id").asText();
    refused(
        post(path + "/metadata", "{\"type\": \"number\", \"name\": \"level\"}"),
        400,
        "invalid_param",
        "Metadata name already exists.");
    refused(
        post(path + "/metadata", "{\"type\": \"string\", \"name\": \"source\"}"),
        400,
        "invalid_param",
        "Built-in");
    String set = path + "/documents/metadata";
    refused(post(set, values(id, field, "\"high\"")), 400, "invalid_param", "a number");
    refused(post(set, values(id, NONE, "5")), 400, "invalid_param", "metadata_list[0].id");
    assertThat(post(set, values(id, field, "5")).text()).contains("success");
    assertThat(get(path + "/metadata").json().path("doc_metadata").path(0).path("count").asInt())
        .isEqualTo(1);
    assertThat(filtered(path, "≥", "5")).isPositive();
    assertThat(filtered(path, ">", "5")).isZero();
    assertThat(post(path + "/metadata/built-in/enable", "").text()).contains("success");
    JsonNode shown = get(document + "?metadata=only").json().path("doc_metadata");
    assertThat(shown.path(0).path("value").asInt()).isEqualTo(5);
    assertThat(shown.size()).isEqualTo(6);
    assertThat(send("DELETE", path + "/metadata/" + field, null).status()).isEqualTo(204);
    assertThat(get(document).json().path("doc_metadata").size()).isEqualTo(5);
  }

  private static String values(String document, String field, String value) {
    return "{\"operation_data\": [{\"document_id\": \""
        + document
        + "\", \"metadata_list\": [{\"id\": \""
        + field
        + "\", \"name\": \"level\", \"value\": "
        + value
        + "}]}]}";
  }

  private static int filtered(String dataset, String operator, String value) {
    return post(
            dataset + "/retrieve",
            "{\"query\": \"isolate\", \"retrieval_model\": {\"metadata_filtering_conditions\":"
                + " {\"logical_operator\": \"and\", \"conditions\": [{\"name\": \"level\","
                + " \"comparison_operator\": \""
                + operator
                + "\", \"value\": \""
                + value
                + "\"}]}}}")
        .json()
        .path("records")
        .size();
  }

  @Test
  void tags_belong_to_datasets() {
    String path = dataset("Tagged");
    String id = path.substring(1);
    String tag = post("/tags", "{\"name\": \"soc\"}").json().path("id").asText();
    refused(post("/tags", "{\"name\": \"soc\"}"), 400, "invalid_param", "already exists");
    refused(post("/tags", "{\"name\": \"" + "t".repeat(51) + "\"}"), 400, "invalid_param", "50");
    String body = "{\"tag_ids\": [\"" + tag + "\"], \"target_id\": \"" + id + "\"}";
    assertThat(post("/tags/binding", body).status()).isEqualTo(204);
    assertThat(get("/tags").json().path(0).path("binding_count").asText()).isEqualTo("1");
    assertThat(get("?tag_ids=" + tag).json().path("total").asInt()).isEqualTo(1);
    assertThat(get(path).json().path("tags").path(0).path("name").asText()).isEqualTo("soc");
    assertThat(send("DELETE", path, null).status()).isEqualTo(204);
    assertThat(get("/tags").json().path(0).path("binding_count").asText()).isEqualTo("0");
    assertThat(send("DELETE", "/tags", "{\"tag_id\": \"" + tag + "\"}").status()).isEqualTo(204);
    assertThat(get("/tags").json().size()).isZero();
  }

  @Test
  void models_are_listed_by_type() {
    String types = "/v1/workspaces/current/models/model-types/";
    JsonNode embedding = server.get(types + "text-embedding", key).json().path("data").path(0);
    assertThat(embedding.path("provider").asText()).isEqualTo("openai");
    assertThat(embedding.path("models").path(0).path("model").asText()).isEqualTo("e");
    assertThat(server.get(types + "rerank", key).json().path("data").size()).isZero();
    refused(server.get(types + "magic", key), 400, "invalid_param", "type");
  }
}
