package dev.yagura.connect;

import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Language;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.alert.Tally;
import dev.yagura.finding.catalogue.Catalogue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Notices for tests of channels. */
public final class Notices {
  public static final String FINDING = "aaaabbbbccccddddeeeeffff00001111";
  private static final ZoneId UTC = ZoneId.of("UTC");

  private Notices() {}

  /** An alert whose resource has a hostile name. */
  public static Alert alert(String name) {
    String json =
        """
        {"schemaVersion":"2.0","accountId":"111122223333","region":"us-east-1","id":"%s",
         "type":"Recon:EC2/PortProbeUnprotectedPort","severity":8,"service":{},
         "resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-99999999",
          "tags":[{"key":"Name","value":"%s"}]}}}
        """
            .formatted(FINDING, name);
    try {
      Item item =
          FindingReader.read(
                  "test", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
              .getFirst();
      return new Floor(Catalogue.load())
          .write(((Item.Accepted) item).finding(), Language.EN, UTC, "");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public static Notice.Single single(boolean maybeSent) {
    return new Notice.Single("key-1", alert("web"), maybeSent);
  }

  /** A digest of an alert and of repeats of two findings. */
  public static Digest digest() {
    Digest.Line line = Digest.Line.of(alert("web"));
    return new Digest(
        Language.EN,
        UTC,
        List.of(line),
        List.of(new Digest.Repeat(line, 12, List.of(FINDING, "00001111222233334444555566667777"))));
  }

  public static Notice.Several several() {
    return new Notice.Several("digest/1", digest(), false);
  }

  public static Notice.Repeats repeats(String posted, boolean maybeSent) {
    var tally = new Tally(12, 2, Instant.parse("2026-11-24T01:02:03Z"), 15);
    return new Notice.Repeats("digest/2", posted, alert("web"), UTC, tally, digest(), maybeSent);
  }

  /** The ids of all findings that a notice names. */
  public static Stream<String> ids(Notice notice) {
    return switch (notice) {
      case Notice.Single single -> Stream.of(single.alert().facts().finding().id());
      case Notice.Several several -> ids(several.digest());
      case Notice.Repeats repeats -> ids(repeats.digest());
    };
  }

  private static Stream<String> ids(Digest digest) {
    return Stream.concat(
        digest.alerts().stream().map(Digest.Line::finding),
        digest.repeats().stream().flatMap(repeat -> repeat.findings().stream()));
  }
}
