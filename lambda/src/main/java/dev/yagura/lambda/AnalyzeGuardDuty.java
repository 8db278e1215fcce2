package dev.yagura.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The function: gives findings of Amazon GuardDuty to a Yagura server. Invoked by EventBridge, SNS
 * or a queue (docs/lambda.md). Throws where AWS is to try again.
 *
 * <p>All that can be made beforehand is made with the instance, in the init phase or before the
 * snapshot of SnapStart; nothing is connected there, so nothing has to be done after a restore.
 */
public final class AnalyzeGuardDuty implements RequestStreamHandler {
  /** For the answer to get out before Lambda ends the function. */
  private static final Duration RESERVE = Duration.ofSeconds(1);

  private final Delivery delivery;
  private final Batches batches;
  private final Consumer<String> lines;
  private final Timing timing;

  /** Made by Lambda; what the environment lacks is said here, before there is any event. */
  public AnalyzeGuardDuty() {
    this(System.getenv(), AnalyzeGuardDuty::print, Timing.SYSTEM);
  }

  AnalyzeGuardDuty(Map<String, String> environment, Consumer<String> lines, Timing timing) {
    Settings settings = Settings.from(environment);
    this.delivery = new Delivery(settings, new YaguraClient(settings, timing));
    this.batches = new Batches(delivery);
    this.lines = lines;
    this.timing = timing;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Deadline deadline =
        Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE), timing);
    Log log = new Log(lines, timing, context.getAwsRequestId());
    String payload = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    try {
      output.write(answer(payload, deadline, log).toString().getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the function was stopped");
    }
  }

  private JsonObject answer(String payload, Deadline deadline, Log log)
      throws InterruptedException {
    return switch (Invocation.of(payload)) {
      case Invocation.Batch(var messages) -> batches.deliver(messages, deadline, log);
      case Invocation.Single(String body) -> {
        JsonObject answer = new JsonObject();
        answer.addProperty("outcome", delivery.deliver(body, deadline, log).word());
        yield answer;
      }
    };
  }

  /** Past the logger of the context, which would put a line of JSON into a text field. */
  private static void print(String line) {
    PrintStream out = System.out;
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
