package dev.yagura.lambda;

import com.google.gson.JsonObject;
import java.util.Map;

/**
 * What the server answered.
 *
 * @param body empty where it was no JSON object
 * @param attempts requests until this answer
 */
record Answer(int status, JsonObject body, int attempts, long millis) {
  /** The server's name for what is wrong; empty where a proxy answers in its place. */
  String code() {
    return Json.text(body, "code");
  }

  Map<String, Long> numbers() {
    return Map.of("status", (long) status, "attempt", (long) attempts, "ms", millis);
  }

  boolean isUnusable() {
    return status == 413 || status == 415 || status == 422;
  }

  /** An answer that is neither success nor the event's fault. */
  NotDelivered failure(String expected) {
    String hint =
        switch (status) {
          case 200, 201, 202, 203, 204 -> ": is HOST a Yagura server?";
          case 301, 302, 303, 307, 308 ->
              ": redirects are not followed, HOST must be the final"
                  + " address and must not ask for a sign-in";
          case 400 ->
              ": the workflow or its inputs are not ready for findings"
                  + (isCode() ? " (" + code() + ")" : "");
          case 401 -> ": API_KEY is not known there";
          case 403 -> ": API_KEY may not do this, or something in between refuses this caller";
          case 404, 405 -> ": is HOST a Yagura server, and does the workflow of API_KEY exist?";
          case 429 -> ": too many requests at once";
          default -> status >= 500 ? ": the server cannot answer now" : "";
        };
    return new NotDelivered("answer " + status + " (expected: " + expected + ")" + hint, numbers());
  }

  private boolean isCode() {
    return code().matches("[A-Za-z_]{1,40}");
  }
}
