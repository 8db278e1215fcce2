package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.node.start.InputField;
import dev.yagura.node.start.InputForm;
import dev.yagura.node.text.JsonValues;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.Engine;
import dev.yagura.server.FileStore;
import dev.yagura.server.app.App;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** What a key's app is, and its files (dify-contract §4.3). */
final class AppRoutes {
  private static final String FORBIDDEN = ".*[/\\\\:*?\"<>|].*";

  private final Engine engine;

  AppRoutes(Engine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes.get("/v1/info", Permission.APP, this::info);
    routes.get("/v1/parameters", Permission.APP, this::parameters);
    routes.get("/v1/site", Permission.APP, this::site);
    routes.get("/v1/meta", Permission.APP, this::meta);
    routes.post("/v1/files/upload", Permission.APP, this::upload);
    routes.get("/v1/files/{file}/preview", Permission.APP, this::preview);
  }

  private void info(Context context, Caller caller) {
    App app = caller.ownApp();
    ObjectNode answer = Json.object().put("name", app.name()).put("description", app.description());
    answer.putArray("tags");
    Requests.answer(
        context, 200, answer.put("mode", app.mode()).put("author_name", "administrator"));
  }

  private WorkflowVersion published(App app) {
    try {
      return engine.apps().published(app);
    } catch (FlowException unpublished) {
      throw Failure.user(
              "app_unavailable", "App unavailable, please check your app configurations.")
          .asException();
    }
  }

  private void parameters(Context context, Caller caller) {
    WorkflowVersion version = published(caller.ownApp());
    ObjectNode answer = Json.object().put("opening_statement", "");
    answer.putArray("suggested_questions");
    for (String feature :
        List.of(
            "suggested_questions_after_answer",
            "speech_to_text",
            "text_to_speech",
            "retriever_resource",
            "annotation_reply",
            "more_like_this",
            "sensitive_word_avoidance")) {
      answer.putObject(feature).put("enabled", false);
    }
    ArrayNode form = answer.putArray("user_input_form");
    InputForm.of(version.graph()).fields().forEach(field -> form.add(field(field)));
    ObjectNode upload = answer.putObject("file_upload").put("enabled", false);
    upload.putArray("allowed_file_types");
    upload.putArray("allowed_file_extensions");
    upload.putArray("allowed_file_upload_methods").add("local_file").add("remote_url");
    upload.put("number_limits", 3);
    answer
        .putObject("system_parameters")
        .put("image_file_size_limit", 10)
        .put("video_file_size_limit", 100)
        .put("audio_file_size_limit", 50)
        .put("file_size_limit", FileStore.MAX_BYTES >> 20)
        .put("workflow_file_upload_limit", 10);
    Requests.answer(context, 200, answer);
  }

  private static ObjectNode field(InputField field) {
    ObjectNode form = Json.object();
    ObjectNode inside = form.putObject(field.type());
    inside.put("label", field.label()).put("variable", field.variable());
    inside.put("required", field.required()).put("max_length", field.maxLength());
    inside.set("default", JsonValues.toJson(field.fallback()));
    field.options().forEach(inside.putArray("options")::add);
    return form;
  }

  private void site(Context context, Caller caller) {
    App app = caller.ownApp();
    Requests.answer(
        context,
        200,
        Json.object()
            .put("title", app.name())
            .put("icon_type", "emoji")
            .put("icon", "🏯")
            .put("icon_background", "#FFEAD5")
            .put("description", app.description())
            .put("default_language", engine.config().language().text())
            .put("show_workflow_steps", true));
  }

  private void meta(Context context, Caller caller) {
    ObjectNode answer = Json.object();
    answer.putObject("tool_icons");
    Requests.answer(context, 200, answer);
  }

  private void upload(Context context, Caller caller) {
    long length = context.req().getContentLengthLong();
    if (length > FileStore.MAX_BYTES + (1 << 20)) {
      throw tooLarge();
    }
    List<UploadedFile> files = parts(context);
    if (files.isEmpty()) {
      throw Failure.user("no_file_uploaded", "Please upload your file.").asException();
    }
    if (files.size() > 1) {
      throw Failure.user("too_many_files", "Only one file is allowed.").asException();
    }
    UploadedFile file = files.getFirst();
    if (file.filename().isBlank()) {
      throw Failure.user("filename_not_exists_error", "The specified filename does not exist.")
          .asException();
    }
    if (file.filename().matches(FORBIDDEN)) {
      throw Failure.user("invalid_param", "Filename contains invalid characters").asException();
    }
    String user = context.formParam("user");
    if (user == null || user.isBlank()) {
      throw Failure.user("invalid_param", "Arg user must be provided.").asException();
    }
    String type = file.contentType();
    FileStore.Stored stored = keep(caller.ownApp(), user, file, type);
    Requests.answer(context, 201, view(stored));
  }

  @Boundary("what the form's parser throws is the sender's mistake")
  private static List<UploadedFile> parts(Context context) {
    try {
      return context.uploadedFiles("file");
    } catch (Exception broken) {
      for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
        if (String.valueOf(cause.getMessage()).contains("exceed")) {
          throw tooLarge();
        }
      }
      throw new FlowException(
          Failure.user(
              "bad_request", "the form cannot be read (expected: multipart/form-data with a file)"),
          broken);
    }
  }

  private static FlowException tooLarge() {
    return Failure.limit(
            "file_too_large",
            "File size exceeded. (expected: at most " + FileStore.MAX_BYTES + " bytes)")
        .asException();
  }

  private FileStore.Stored keep(
      App app, String user, UploadedFile file, @org.jspecify.annotations.Nullable String type) {
    try (InputStream content = file.content()) {
      return engine
          .files()
          .keep(
              app.id(),
              user,
              file.filename(),
              type == null ? "application/octet-stream" : type,
              content);
    } catch (IOException broken) {
      throw new FlowException(
          Failure.user("bad_request", "the file broke off (expected: all of it)"), broken);
    }
  }

  private static ObjectNode view(FileStore.Stored file) {
    ObjectNode answer = Json.object().put("id", file.id()).put("name", file.name());
    answer.put("size", file.size()).put("extension", file.extension());
    answer.put("mime_type", file.mimeType());
    answer.put("created_by", Envelopes.endUser(file.owner(), file.createdBy()));
    answer.put("created_at", file.createdAt());
    answer.putNull("preview_url").putNull("source_url").putNull("original_url");
    answer.putNull("user_id").putNull("tenant_id").putNull("conversation_id");
    return answer.putNull("file_key");
  }

  private void preview(Context context, Caller caller) {
    FileStore.Stored file =
        engine
            .files()
            .find(context.pathParam("file"))
            .filter(one -> one.owner().equals(caller.ownApp().id()))
            .orElseThrow(() -> Failure.user("not_found", "File not found").asException());
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Content-Security-Policy", "sandbox");
    context.header("Content-Disposition", "attachment");
    context.contentType("application/octet-stream");
    try {
      context.result(Files.newInputStream(engine.files().path(file)));
    } catch (IOException gone) {
      throw new FlowException(Failure.user("not_found", "File not found"), gone);
    }
  }
}
