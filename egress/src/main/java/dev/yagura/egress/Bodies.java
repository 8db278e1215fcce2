package dev.yagura.egress;

import java.util.Set;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Requests in the form of the HTTP library. */
final class Bodies {
  private static final Set<String> NEED_A_BODY = Set.of("POST", "PUT", "PATCH");

  private Bodies() {}

  static Request request(EgressRequest request, HttpUrl target) {
    var builder = new Request.Builder().url(target);
    RequestBody body = body(request.body());
    if (body == null && NEED_A_BODY.contains(request.method())) {
      body = RequestBody.create(new byte[0], null);
    }
    try {
      request.headers().forEach(header -> builder.addHeader(header.name(), header.value()));
      return builder.method(request.method(), body).build();
    } catch (IllegalArgumentException wrong) {
      throw EgressRules.refused("this cannot be sent: " + wrong.getMessage(), "valid headers");
    }
  }

  private static @Nullable RequestBody body(EgressRequest.@Nullable Body body) {
    return switch (body) {
      case null -> null;
      case EgressRequest.Bytes bytes ->
          RequestBody.create(
              bytes.content(), bytes.type() == null ? null : MediaType.parse(bytes.type()));
      case EgressRequest.Form form -> {
        var builder = new FormBody.Builder();
        form.fields().forEach(field -> builder.add(field.name(), field.value()));
        yield builder.build();
      }
      case EgressRequest.Multipart multipart -> {
        var builder = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (EgressRequest.Part part : multipart.parts()) {
          builder.addFormDataPart(
              part.name(),
              part.filename(),
              RequestBody.create(
                  part.content(), part.filename() == null ? null : MediaType.parse(part.type())));
        }
        yield builder.build();
      }
    };
  }
}
