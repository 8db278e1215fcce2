package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Our routes as an OpenAPI 3.1 document. */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

  private static final Map<String, String> DOCS =
      Map.ofEntries(
          Map.entry("POST /v1/workflows/run", "Runs the published workflow of the key's app."),
          Map.entry("POST /v1/workflows/{workflow}/run", "Runs a published version."),
          Map.entry("GET /v1/workflows/run/{run}", "A run."),
          Map.entry("GET /v1/workflows/logs", "Runs of the app, the newest first."),
          Map.entry("POST /v1/workflows/tasks/{task}/stop", "Stops a run."),
          Map.entry("GET /v1/info", "The app."),
          Map.entry("GET /v1/parameters", "The inputs of the published workflow."),
          Map.entry("GET /v1/site", "The app for its web page."),
          Map.entry("GET /v1/meta", "Icons of tools."),
          Map.entry("POST /v1/files/upload", "Keeps a file for a run."),
          Map.entry("GET /v1/files/{file}/preview", "A file that was uploaded."),
          Map.entry("POST /v1/findings", "Accepts findings; 202 means that they are durable."),
          Map.entry("GET /healthz", "The process lives."),
          Map.entry("GET /signin", "Answers 200, for load balancers."),
          Map.entry("GET /readyz", "The server takes requests."),
          Map.entry("GET /metrics", "Figures for Prometheus."),
          Map.entry("GET /v1/", "What this is."),
          Map.entry("GET /api/openapi.json", "This document."));

  private OpenApi() {}

  static ObjectNode document(List<Routes.Route> routes, List<Operation> operations) {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Yagura")
        .put("version", "0.1.0")
        .put("description", "Under /v1 the Service API of Dify, under /api our own.");
    ObjectNode paths = document.putObject("paths");
    for (Routes.Route route : routes) {
      ObjectNode path =
          paths.has(route.path())
              ? (ObjectNode) paths.get(route.path())
              : paths.putObject(route.path());
      describe(path.putObject(route.method().toLowerCase(Locale.ROOT)), route, operations);
    }
    ObjectNode schemes = document.putObject("components").putObject("securitySchemes");
    schemes.putObject("key").put("type", "http").put("scheme", "bearer");
    ObjectNode schemas = document.withObject("/components/schemas");
    ObjectNode error = schemas.putObject("Error").put("type", "object");
    ObjectNode fields = error.putObject("properties");
    fields.putObject("code").put("type", "string");
    fields.putObject("message").put("type", "string");
    fields.putObject("status").put("type", "integer");
    return document;
  }

  private static void describe(
      ObjectNode operation, Routes.Route route, List<Operation> operations) {
    operation.put("summary", doc(route, operations));
    if (route.permission() != Permission.PUBLIC) {
      operation.putArray("security").addObject().putArray("key");
    }
    var matcher = PARAMETER.matcher(route.path());
    while (matcher.find()) {
      operation
          .withArray("/parameters")
          .addObject()
          .put("name", matcher.group(1))
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string");
    }
    if (List.of("POST", "PUT", "PATCH").contains(route.method())) {
      operation.withObject("/requestBody/content").putObject(bodyType(route)).putObject("schema");
    }
    ObjectNode responses = operation.putObject("responses");
    responses.putObject(success(route)).put("description", "Done.");
    responses
        .putObject("default")
        .put("description", "What went wrong.")
        .withObject("/content/application~1json/schema")
        .put("$ref", "#/components/schemas/Error");
  }

  private static String bodyType(Routes.Route route) {
    if (route.path().equals("/v1/files/upload") || route.path().matches(".*by[-_]file")) {
      return "multipart/form-data";
    }
    return route.method().equals("PUT") ? "application/octet-stream" : "application/json";
  }

  private static String success(Routes.Route route) {
    if (route.method().equals("DELETE") && route.path().startsWith("/v1/")) {
      return "204";
    }
    return switch (route.path()) {
      case "/v1/files/upload", "/v1/datasets/{dataset}/metadata" ->
          route.method().equals("POST") ? "201" : "200";
      case "/v1/findings" -> "202";
      default -> "200";
    };
  }

  private static String doc(Routes.Route route, List<Operation> operations) {
    String known = DOCS.get(route.method() + " " + route.path());
    if (!route.doc().isEmpty()) {
      return route.doc();
    }
    return known != null
        ? known
        : operations.stream()
            .filter(
                one ->
                    one.method().equals(route.method())
                        && ("/api" + one.path()).equals(route.path()))
            .map(Operation::doc)
            .findFirst()
            .orElse("");
  }
}
