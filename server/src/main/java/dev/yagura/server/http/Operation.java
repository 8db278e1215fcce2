package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that an administrator does, over HTTP or on the data folder.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path below {@code /api}, with parameters in braces
 * @param doc one line for the OpenAPI document
 * @param raw whether the body is a file rather than JSON
 */
public record Operation(String method, String path, String doc, boolean raw, Handler handler) {
  /** Does it. */
  @FunctionalInterface
  public interface Handler {
    JsonNode handle(Call call) throws InterruptedException;
  }
}
