package dev.yagura.lambda;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Delivers one event, and says what became of it. */
final class Delivery {
  /** What became of an event that needs no other attempt. */
  enum Outcome {
    DELIVERED,
    /** Not a finding: nobody asked for it here. */
    IGNORED,
    /** It can never be delivered. */
    UNUSABLE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String USER = "AnalyzeGuardDuty";

  private final Settings settings;
  private final YaguraClient client;

  Delivery(Settings settings, YaguraClient client) {
    this.settings = settings;
    this.client = client;
  }

  /**
   * Delivers what is in a body.
   *
   * @throws NotDelivered where it may succeed at another time
   */
  Outcome deliver(String body, Deadline deadline, Log log) throws InterruptedException {
    return switch (Arrival.of(body)) {
      case Arrival.Other(String type) -> {
        log.with("detailType", type).info("ignored: not a " + Arrival.DETAIL_TYPE);
        yield Outcome.IGNORED;
      }
      case Arrival.Unusable(String why) -> unusable(log, why);
      case Arrival.Event event -> deliver(event, deadline, log.with("finding", event.id()));
    };
  }

  private Outcome deliver(Arrival.Event event, Deadline deadline, Log log)
      throws InterruptedException {
    Deadline own = deadline.atMost(settings.timeout());
    try {
      return settings.mode() == Settings.Mode.RUN
          ? run(event, own, log)
          : handOver(event, own, log);
    } catch (NotDelivered failure) {
      log.error("not delivered: " + failure.getMessage(), failure.numbers());
      throw failure;
    }
  }

  private static Outcome unusable(Log log, String why) {
    log.error("unusable: " + why, Map.of());
    return Outcome.UNUSABLE;
  }

  /** Accepted means 202: anything else that looks like success comes from another server. */
  private Outcome handOver(Arrival.Event event, Deadline deadline, Log log)
      throws InterruptedException {
    Answer answer = client.post(Settings.Mode.FINDINGS.path, event.text(), null, deadline);
    if (answer.status() == 202) {
      log.info("accepted", answer.numbers());
      return Outcome.DELIVERED;
    }
    // A 400 without a code comes from something in between, which may be set right.
    if (answer.isUnusable() || (answer.status() == 400 && !answer.code().isEmpty())) {
      log.with("code", answer.code()).error("refused: the event is unusable", answer.numbers());
      return Outcome.UNUSABLE;
    }
    throw answer.failure("202");
  }

  /**
   * Runs the workflow and waits. A run that failed may have told nobody, and the same key would
   * only bring it back: the event is handed over then, and the server sees to it that an alert goes
   * out.
   */
  private Outcome run(Arrival.Event event, Deadline deadline, Log log) throws InterruptedException {
    if (event.id().isEmpty()) {
      return unusable(log, "there is no finding (expected: one finding with an id, in detail)");
    }
    String path = Settings.Mode.RUN.path;
    Answer answer = client.post(path, request(event), key(event), deadline);
    String status = Json.text(Json.object(answer.body(), "data"), "status");
    if (answer.status() == 200 && !status.isEmpty()) {
      Log named =
          log.with("run", Json.text(answer.body(), "workflow_run_id")).with("run_status", status);
      if (!status.equals("failed")) {
        named.info("the run has ended", answer.numbers());
        return Outcome.DELIVERED;
      }
      named.warn("the run has failed; the finding is handed over", answer.numbers());
      return handOver(event, deadline, log);
    }
    if (isAnotherCopy(answer)) {
      log.info("a run of this update exists, made from another copy", answer.numbers());
      return Outcome.DELIVERED;
    }
    if (answer.isUnusable()) {
      log.with("code", answer.code()).error("refused: the event is unusable", answer.numbers());
      return Outcome.UNUSABLE;
    }
    throw answer.failure("200 with the status of a run");
  }

  /**
   * The administrator's and the member's event about one update differ in their envelopes. The
   * server's other conflict, that the first request has not begun its run, is worth a retry.
   */
  private static boolean isAnotherCopy(Answer answer) {
    return answer.status() == 409 && answer.code().equals("idempotency_key_reused");
  }

  private static String request(Arrival.Event event) {
    JsonObject inputs = new JsonObject();
    inputs.addProperty("finding", event.text());
    inputs.addProperty("type", event.type());
    event.severity().ifPresent(severity -> inputs.add("severity", severity));
    JsonObject request = new JsonObject();
    request.add("inputs", inputs);
    request.addProperty("response_mode", "blocking");
    request.addProperty("user", USER);
    return request.toString();
  }

  /** Of the finding's id and update; of the contents where those are missing or odd. */
  static String key(Arrival.Event event) {
    String key = event.id() + "@" + event.updatedAt();
    boolean fits = !event.updatedAt().isEmpty() && key.matches("[A-Za-z0-9@:.+_-]{1,200}");
    return fits ? key : "sha256-" + sha256(event.text());
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
