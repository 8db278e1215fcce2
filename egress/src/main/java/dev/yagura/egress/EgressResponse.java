package dev.yagura.egress;

import java.util.Map;

/**
 * What came back.
 *
 * @param url where the last redirect led
 * @param headers names in lower case; several values joined by a comma
 */
public record EgressResponse(int status, String url, Map<String, String> headers, byte[] body) {
  /** The header, or the fallback. */
  public String header(String name, String fallback) {
    return headers.getOrDefault(name, fallback);
  }
}
