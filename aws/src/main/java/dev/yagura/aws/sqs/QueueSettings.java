package dev.yagura.aws.sqs;

import dev.yagura.base.Failure;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is asked.
 *
 * @param url as SQS names it, ending in the account and the name
 * @param region null where neither the URL nor anybody says it: the machine's own counts
 * @param deadLetters URL of the queue for what nobody can use; null for that of the redrive policy
 * @param endpoint null for the Region's own, or what {@code AWS_ENDPOINT_URL_SQS} says
 */
public record QueueSettings(
    URI url, @Nullable String region, @Nullable URI deadLetters, @Nullable URI endpoint) {
  private static final Pattern QUEUE =
      Pattern.compile(
          "https?://[A-Za-z0-9.\\-]+(:\\d{1,5})?/(?:[^\\s/?#@]+/)+[A-Za-z0-9_-]{1,80}(\\.fifo)?");
  private static final Pattern ENDPOINT =
      Pattern.compile("https?://[A-Za-z0-9.\\-]+(:\\d{1,5})?/?");
  private static final String REGION = "[a-z]{2}(?:-[a-z]+)+-\\d{1,2}";

  /**
   * Where a URL of SQS has its Region: of the service, dual stack, FIPS, VPC endpoints, old ones.
   */
  private static final List<Pattern> HOSTS =
      List.of(
          Pattern.compile("sqs(?:-fips)?\\.(" + REGION + ")\\..+"),
          Pattern.compile(".+\\.sqs\\.(" + REGION + ")\\.vpce\\..+"),
          Pattern.compile("(" + REGION + ")\\.queue\\..+"));

  /**
   * Reads {@code URL}, or {@code URL region=NAME dlq=URL} with the names in any order; {@code url=}
   * may stand before the URL. A FlowException says what was expected.
   */
  public static QueueSettings parse(String text, @Nullable URI endpoint) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String word : text.strip().split("\\s+")) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "url" : word.substring(0, equals);
      if (!List.of("url", "region", "dlq").contains(name)) {
        throw wrong("'" + name + "'", "url, region or dlq");
      }
      if (named.put(name, word.substring(equals + 1)) != null) {
        throw wrong(name + " twice in '" + text + "'", "once");
      }
    }
    String url = named.getOrDefault("url", "");
    String deadLetters = named.get("dlq");
    URI queue = queue(url);
    return new QueueSettings(
        queue,
        region(named.get("region"), queue),
        deadLetters == null ? null : queue(deadLetters),
        endpoint);
  }

  private static URI queue(String url) {
    if (!QUEUE.matcher(url).matches()) {
      throw wrong(
          "'" + url + "'",
          "the URL of a queue, like"
              + " https://sqs.ap-northeast-1.amazonaws.com/123456789012/findings");
    }
    return URI.create(url);
  }

  /** The address of a service that stands in for SQS; empty for none. */
  public static @Nullable URI endpoint(String url) {
    if (url.isEmpty()) {
      return null;
    }
    if (!ENDPOINT.matcher(url).matches()) {
      throw wrong("'" + url + "'", "http:// or https://, a host and perhaps a port");
    }
    return URI.create(url);
  }

  private static @Nullable String region(@Nullable String given, URI queue) {
    if (given != null && !given.matches(REGION)) {
      throw wrong("region '" + given + "'", "like ap-northeast-1");
    }
    return given == null ? regionOf(queue) : given;
  }

  private static @Nullable String regionOf(URI queue) {
    String host = String.valueOf(queue.getHost());
    for (Pattern pattern : HOSTS) {
      Matcher matcher = pattern.matcher(host);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return host.equals("queue.amazonaws.com") ? "us-east-1" : null;
  }

  private static RuntimeException wrong(String what, String expected) {
    return Failure.user("InvalidSetting", what + " (expected: " + expected + ")").asException();
  }

  /** The last part of the URL. */
  public String name() {
    return lastPart(url);
  }

  static String lastPart(URI url) {
    List<String> parts = new ArrayList<>(List.of(url.getPath().split("/")));
    return parts.getLast();
  }

  /** Messages of such a queue have an order, and so must those of its dead letters. */
  static boolean isFifo(URI url) {
    return url.getPath().endsWith(".fifo");
  }
}
