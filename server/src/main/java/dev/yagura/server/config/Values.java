package dev.yagura.server.config;

import dev.yagura.aws.sqs.QueueSettings;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.egress.EgressRules;
import dev.yagura.finding.Language;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Checks the value of a key. */
final class Values {
  private static final int MAX_COUNT = 10_000_000;
  private static final int MAX_POLLERS = 20;
  private static final int MAX_QUEUES = 50;

  private Values() {}

  /** The value; a FlowException that says what was expected. */
  static String checked(Key key, String value) {
    switch (key.kind()) {
      case ADDRESS -> address(key, value);
      case PATH ->
          expect(key, value, !value.isBlank() && value.indexOf('\0') < 0, "the path of a folder");
      case LANGUAGE -> expect(key, value, Language.of(value) != null, "ja or en");
      case ZONE -> zone(key, value);
      case SECRET ->
          expect(
              key,
              "***",
              value.isEmpty() || value.matches("(env|file):\\S.*"),
              "env:NAME or file:PATH");
      case TARGETS -> new EgressRules(Config.list(value), EgressRules.DEFAULT_PORTS);
      case PORTS ->
          expect(
              key,
              value,
              !Config.list(value).isEmpty() && Config.list(value).stream().allMatch(Values::isPort),
              "ports from 1 to 65535, separated by commas");
      case COUNT ->
          expect(
              key,
              value,
              value.matches("\\d{1,8}")
                  && Integer.parseInt(value) >= 1
                  && Integer.parseInt(value) <= MAX_COUNT,
              "a whole number from 1 to " + MAX_COUNT);
      case FOLDERS ->
          expect(
              key,
              value,
              Config.list(value).stream().allMatch(one -> one.matches("[^=]{1,40}=\\S.*")),
              "NAME=FOLDER, separated by commas, for example Runbooks=/srv/runbooks");
      case QUEUES -> queues(key, value);
      case POLLERS ->
          expect(
              key,
              value,
              value.matches("\\d{1,2}")
                  && Integer.parseInt(value) >= 1
                  && Integer.parseInt(value) <= MAX_POLLERS,
              "a whole number from 1 to " + MAX_POLLERS);
      case ENDPOINT -> {
        var unused = said(key, () -> String.valueOf(QueueSettings.endpoint(value)));
      }
      case LEVEL ->
          expect(
              key,
              value,
              List.of("error", "warn", "info", "debug").contains(value),
              "error, warn, info or debug");
    }
    return value;
  }

  private static void queues(Key key, String value) {
    List<String> queues = Config.list(value);
    Set<String> urls = new HashSet<>();
    for (String queue : queues) {
      String url = said(key, () -> QueueSettings.parse(queue, null).url().toString());
      expect(key, url, urls.add(url), "each queue once");
    }
    expect(key, queues.size() + " queues", queues.size() <= MAX_QUEUES, "at most " + MAX_QUEUES);
  }

  /** What a reader of values says, under the name of the key. */
  private static String said(Key key, Supplier<String> read) {
    try {
      return read.get();
    } catch (FlowException wrong) {
      throw Failure.user("InvalidSetting", key.path() + ": " + wrong.failure().message())
          .asException();
    }
  }

  private static void address(Key key, String value) {
    int colon = value.lastIndexOf(':');
    boolean right =
        colon > 0
            && value.substring(0, colon).matches("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]")
            && (isPort(value.substring(colon + 1)) || value.endsWith(":0"));
    expect(key, value, right, "ADDRESS:PORT, for example 127.0.0.1:8080");
  }

  private static boolean isPort(String text) {
    return text.matches("\\d{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) < 65_536;
  }

  private static void zone(Key key, String value) {
    try {
      if (!value.isEmpty()) {
        ZoneId unused = ZoneId.of(value);
      }
    } catch (DateTimeException unknown) {
      throw wrong(key, value, "like Asia/Tokyo");
    }
  }

  private static void expect(Key key, String value, boolean right, String expected) {
    if (!right) {
      throw wrong(key, value, expected);
    }
  }

  private static FlowException wrong(Key key, String value, String expected) {
    return Failure.user(
            "InvalidSetting", key.path() + ": '" + value + "' (expected: " + expected + ")")
        .asException();
  }
}
