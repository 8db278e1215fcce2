package dev.yagura.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key of the configuration, with what it means and what it is where nobody sets it. The
 * documentation lists exactly these (a test compares).
 */
public enum Key {
  BIND("bind", "127.0.0.1:8080", Kind.ADDRESS, "Address and port that the server listens on."),
  DATA("data", "data", Kind.PATH, "Folder of the store, files and keys; made where missing."),
  LANGUAGE("language", "en", Kind.LANGUAGE, "Language of alerts: ja or en."),
  TIME_ZONE("time_zone", "", Kind.ZONE, "Time zone in alerts; the language's own where empty."),
  MASTER_KEY(
      "master_key",
      "",
      Kind.SECRET,
      "Reference to the key that encrypts secrets; made in the data folder where empty."),
  SLACK_WEBHOOK(
      "slack.webhook",
      "",
      Kind.SECRET,
      "Reference to the Slack webhook; counts before what the command line has set."),
  EGRESS_ALLOW(
      "egress.allow",
      "",
      Kind.TARGETS,
      "Further targets of workflows: host, host:port, address or block, separated by commas."),
  EGRESS_PORTS("egress.ports", "80,443", Kind.PORTS, "Ports of public targets."),
  RUNS_CONCURRENT("runs.concurrent", "100", Kind.COUNT, "Runs of one workflow at the same time."),
  RUNS_WAITING("runs.waiting", "1000", Kind.COUNT, "Runs of one workflow that may wait for those."),
  RUNS_SECONDS("runs.seconds", "1200", Kind.COUNT, "Longest time of a run."),
  FINDINGS_CONCURRENT("findings.concurrent", "20", Kind.COUNT, "Findings at work at once."),
  FINDINGS_SECONDS(
      "findings.seconds",
      "180",
      Kind.COUNT,
      "After this time without an alert the explanation from the catalogue goes out."),
  FINDINGS_REPEAT_SECONDS(
      "findings.repeat_seconds",
      "86400",
      Kind.COUNT,
      "For how long findings of the same type, resource and actor are added to the first alert."),
  ALERTS_ALONE(
      "alerts.alone",
      "30",
      Kind.COUNT,
      "Alerts that a channel gets as messages of their own within the window; critical ones always"
          + " are."),
  ALERTS_WINDOW_SECONDS("alerts.window_seconds", "600", Kind.COUNT, "The window of alerts.alone."),
  ALERTS_COLLECT_SECONDS(
      "alerts.collect_seconds",
      "60",
      Kind.COUNT,
      "How long further alerts are collected for a digest."),
  ALERTS_REPEAT_SECONDS(
      "alerts.repeat_seconds",
      "900",
      Kind.COUNT,
      "How long repeats are collected where a channel has no threads."),
  ALERTS_THREAD_SECONDS(
      "alerts.thread_seconds",
      "60",
      Kind.COUNT,
      "How long repeats are collected where a channel has threads."),
  SQS_QUEUES(
      "sqs.queues",
      "",
      Kind.QUEUES,
      "Queues whose messages are findings, separated by commas: URL, or `URL region=NAME dlq=URL`"
          + " (see [sqs.md](sqs.md))."),
  SQS_POLLERS("sqs.pollers", "1", Kind.POLLERS, "Long polls of each queue at once, 1 to 20."),
  SQS_WAITING(
      "sqs.waiting",
      "10000",
      Kind.COUNT,
      "Accepted findings that may wait to be explained; beyond that no queue is asked."),
  SQS_ENDPOINT(
      "sqs.endpoint",
      "",
      Kind.ENDPOINT,
      "Address of a VPC endpoint, or of something that stands in for SQS; the Region's own where"
          + " empty."),
  MODEL_CONNECT_SECONDS("model.connect_seconds", "10", Kind.COUNT, "To reach a provider."),
  MODEL_FIRST_TOKEN_SECONDS(
      "model.first_token_seconds", "60", Kind.COUNT, "Until a model begins to answer."),
  MODEL_SECONDS("model.seconds", "120", Kind.COUNT, "Until a model's answer is complete."),
  KNOWLEDGE_FOLDERS(
      "knowledge.folders",
      "",
      Kind.FOLDERS,
      "Folders whose documents are kept as knowledge: NAME=FOLDER, separated by commas."),
  KNOWLEDGE_QUESTION_CALLS(
      "knowledge.question_calls",
      "16",
      Kind.COUNT,
      "Calls of a model at once, for the questions and answers of documents."),
  STOP_SECONDS(
      "stop_seconds", "20", Kind.COUNT, "How long a stop waits for runs; others go on later."),
  RETENTION_DAYS(
      "retention.days",
      "90",
      Kind.COUNT,
      "Age of ended runs, findings and uploaded files at most."),
  RETENTION_MEGABYTES("retention.megabytes", "10240", Kind.COUNT, "Size of the store at most."),
  LOG_LEVEL("log.level", "info", Kind.LEVEL, "error, warn, info or debug.");

  /** What values a key takes. */
  public enum Kind {
    ADDRESS,
    PATH,
    LANGUAGE,
    ZONE,
    SECRET,
    TARGETS,
    PORTS,
    COUNT,
    FOLDERS,
    QUEUES,
    POLLERS,
    ENDPOINT,
    LEVEL
  }

  private final String path;
  private final String fallback;
  private final Kind kind;
  private final String doc;

  Key(String path, String fallback, Kind kind, String doc) {
    this.path = path;
    this.fallback = fallback;
    this.kind = kind;
    this.doc = doc;
  }

  /** As in the file; a dot is a level. */
  public String path() {
    return path;
  }

  public String fallback() {
    return fallback;
  }

  public Kind kind() {
    return kind;
  }

  public String doc() {
    return doc;
  }

  /** The variable of the environment, for example {@code YAGURA_EGRESS_ALLOW}. */
  public String variable() {
    return "YAGURA_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  static Optional<Key> of(String path) {
    return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
  }

  static List<String> paths() {
    return Arrays.stream(values()).map(Key::path).toList();
  }
}
