package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.FlowException;
import dev.yagura.server.cli.DoctorCommand.Finding;
import java.util.ArrayList;
import java.util.List;

/** What the doctor says of each queue: what is missing, or how deep it is. */
final class QueueLines {
  private final Target target;

  QueueLines(Target target) {
    this.target = target;
  }

  List<Finding> look(boolean offline) {
    List<Finding> lines = new ArrayList<>();
    try {
      for (JsonNode queue : target.get(offline ? "/queues" : "/queues?ask=true").path("data")) {
        lines.addAll(of(queue));
      }
    } catch (FlowException failed) {
      lines.add(DoctorCommand.ill(failed.failure().message()));
    }
    return lines;
  }

  private static List<Finding> of(JsonNode queue) {
    List<Finding> lines = new ArrayList<>();
    String name = queue.path("name").asText() + region(queue);
    queue.path("missing").forEach(one -> lines.add(DoctorCommand.ill(one.asText())));
    if (queue.path("state").asText().equals("failing")) {
      lines.add(
          DoctorCommand.ill(
              queue.path("error").asText() + ", since " + queue.path("error_since").asText()));
    }
    long dead = queue.path("dead_letters").asLong();
    String deadLetters = queue.path("dead_letter_queue").asText();
    if (dead > 0) {
      lines.add(
          DoctorCommand.ill(
              name
                  + ": "
                  + dead
                  + " messages in "
                  + deadLetters
                  + " (expected: none; each says why it is there in its attribute ERROR_MESSAGE)"));
    }
    if (queue.path("waiting").isNumber() && deadLetters.isEmpty()) {
      lines.add(
          DoctorCommand.ill(
              name
                  + ": no dead-letter queue, so what nobody can use stays (expected: a"
                  + " RedrivePolicy, see docs/sqs.md)"));
    }
    return lines.isEmpty() ? List.of(DoctorCommand.well(name + ": " + depth(queue))) : lines;
  }

  private static String region(JsonNode queue) {
    String region = queue.path("region").asText();
    return region.isEmpty() ? "" : " in " + region;
  }

  private static String depth(JsonNode queue) {
    String state = queue.path("state").asText();
    return (state.equals("stopped") ? "asked while the server runs" : state)
        + (queue.path("waiting").isNumber()
            ? ", "
                + queue.path("waiting").asLong()
                + " messages wait, "
                + queue.path("in_flight").asLong()
                + " in flight, none in "
                + queue.path("dead_letter_queue").asText()
            : ", not asked");
  }
}
