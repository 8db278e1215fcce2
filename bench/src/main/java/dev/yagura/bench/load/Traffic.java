package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Messages as a queue of findings holds them: updates of findings, some of them twice, in no order,
 * and some that are no findings at all.
 *
 * @param messages bodies, shuffled
 * @param updates by GuardDuty's id how many different updates there are
 * @param poison how many of the messages are no findings
 */
record Traffic(List<String> messages, Map<String, Integer> updates, int poison) {
  private static final List<String> TYPES =
      List.of(
          "Recon:EC2/PortProbeUnprotectedPort",
          "Backdoor:EC2/C&CActivity.B",
          "Policy:IAMUser/RootCredentialUsage",
          "Exfiltration:S3/AnomalousBehavior",
          "Execution:Runtime/ReverseShell");
  private static final List<String> POISON =
      List.of(
          "{\"detail-type\":\"GuardDuty Finding\",\"source\":\"aws.guardduty\",\"detail\":",
          "{\"detail-type\":\"GuardDuty Runtime Protection"
              + " Unhealthy\",\"source\":\"aws.guardduty\",\"detail\":{}}",
          "not JSON",
          "[]");

  /**
   * @param size messages
   * @param perFinding updates of a finding, on the average
   */
  static Traffic of(int size, int perFinding, long seed) {
    var random = new Random(seed);
    int poison = size / 100;
    int twice = size / 10;
    int different = size - poison - twice;
    int findings = different / perFinding;
    Samples samples = new Samples(Catalogue.load());
    List<String> messages = new ArrayList<>();
    Map<String, Integer> updates = new LinkedHashMap<>();
    for (int i = 0; i < different; i++) {
      int number = i % findings;
      String id = String.format("%032x", 0xabc0_0000L + number);
      int update = updates.merge(id, 1, Integer::sum);
      messages.add(event(samples, number, id, update));
    }
    for (int i = 0; i < twice; i++) {
      messages.add(messages.get(random.nextInt(different)));
    }
    for (int i = 0; i < poison; i++) {
      messages.add(POISON.get(i % POISON.size()));
    }
    Collections.shuffle(messages, random);
    return new Traffic(messages, updates, poison);
  }

  private static String event(Samples samples, int number, String id, int update) {
    ObjectNode event = samples.event(TYPES.get(number % TYPES.size()));
    String account = Long.toString(700_000_000_000L + number);
    event.put("account", account);
    ObjectNode detail = (ObjectNode) event.path("detail");
    String at = Instant.parse("2026-11-24T00:00:00Z").plusSeconds(update * 900L).toString();
    detail.put("accountId", account).put("id", id).put("updatedAt", at);
    ((ObjectNode) detail.path("service")).put("count", update).put("eventLastSeen", at);
    return event.toString();
  }

  /** How many different updates there are in all. */
  int different() {
    return updates.values().stream().mapToInt(Integer::intValue).sum();
  }
}
