package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads requests and writes answers. */
public final class Requests {
  /** Longest body of JSON, in bytes. */
  public static final int MAX_JSON = 10 << 20;

  /** So much of a body that is too long is read and thrown away. */
  private static final long MAX_HEARD_OUT = 128 << 20;

  private Requests() {}

  /** The body as an object; a FlowException where it is none or too long. */
  public static ObjectNode json(Context context) {
    return Json.read(bytes(context, MAX_JSON));
  }

  /** The body; never more of it than the limit is read. */
  static byte[] bytes(Context context, int most) {
    long length = context.req().getContentLengthLong();
    if (length > most) {
      throw tooLarge(most);
    }
    try {
      byte[] body = context.req().getInputStream().readNBytes(most + 1);
      if (body.length > most) {
        throw tooLarge(most);
      }
      return body;
    } catch (IOException broken) {
      throw new FlowException(
          Failure.user("bad_request", "the body broke off (expected: all of it)"), broken);
    }
  }

  private static FlowException tooLarge(int most) {
    return Failure.limit(
            "request_too_large",
            "the body is longer than " + most + " bytes (expected: at most that)")
        .asException();
  }

  /** The caller's user, which these routes want. */
  static String user(ObjectNode body) {
    String user = body.path("user").asText("");
    if (user.isBlank() || user.equals("null")) {
      throw Failure.user("invalid_param", "Arg user must be provided.").asException();
    }
    return user.length() > 255 ? user.substring(0, 255) : user;
  }

  /**
   * Answers at once and then lets the client say the rest, up to a bound: one whose connection is
   * closed while it still sends may never see the answer.
   */
  static void answerAndHearOut(Context context, int status, JsonNode body) {
    context.status(status);
    byte[] bytes = Json.ascii(body).getBytes(StandardCharsets.US_ASCII);
    try {
      var response = context.res();
      response.setContentType("application/json");
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
      response.flushBuffer();
      long unused = context.req().getInputStream().skip(MAX_HEARD_OUT);
    } catch (IOException | IllegalStateException gone) {
      // It has not waited for the answer.
      return;
    }
  }

  public static void answer(Context context, int status, JsonNode body) {
    context.status(status);
    context.result(Json.ascii(body));
    context.contentType("application/json");
  }
}
