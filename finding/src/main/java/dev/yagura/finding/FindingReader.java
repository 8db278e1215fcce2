package dev.yagura.finding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads findings in every shape that is met: an EventBridge event, what GetFindings answers on the
 * wire or from the command line, lines of an S3 export, any of them in lists, wrapped by SNS or
 * SQS, or gzipped (guardduty.md §2.1). What cannot be used is an item of its own, so that the rest
 * is not lost.
 */
public final class FindingReader {
  /** Most bytes of one input, unpacked. */
  public static final int MAX_INPUT_BYTES = 64 << 20;

  /** Most bytes of one finding. */
  public static final int MAX_FINDING_BYTES = 2 << 20;

  /** Most items of one input, and of one document or line in it. */
  public static final int MAX_ITEMS = 100_000;

  private static final int MAX_JSON_DEPTH = 200;

  static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_INPUT_BYTES)
                          .maxNestingDepth(MAX_JSON_DEPTH)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final ObjectReader SEQUENCE =
      JSON.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private FindingReader() {}

  /** What one item of the input is. */
  public sealed interface Item {
    record Accepted(Finding finding) implements Item {}

    /**
     * @param event an EventBridge event that is whole and no finding; null for everything else
     */
    record Refused(Problem problem, @Nullable ObjectNode event) implements Item {
      public Refused(Problem problem) {
        this(problem, null);
      }
    }
  }

  /**
   * @param source the name of the input for messages
   * @throws IOException when the stream cannot be read; what is in it never throws
   */
  public static List<Item> read(String source, InputStream in) throws IOException {
    byte[] bytes;
    try {
      bytes = unpacked(source, in);
    } catch (Refusal refusal) {
      return List.of(new Item.Refused(refusal.problem));
    }
    return read(source, bytes);
  }

  private static List<Item> read(String source, byte[] bytes) {
    Place place = new Place(source, 0, 0, "");
    if (new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.UTF_8).isBlank()) {
      return List.of(
          refused(place, "empty", "nothing in it (expected: a GuardDuty finding as JSON)"));
    }
    try {
      return new Unwrapping(place).unwrap(JSON.readTree(bytes));
    } catch (JsonProcessingException notOneDocument) {
      List<Item> lines = lines(source, bytes);
      return lines.isEmpty() ? sequence(source, bytes) : lines;
    } catch (IOException impossible) {
      return List.of(refused(place, "unreadable", "cannot be read: " + impossible.getMessage()));
    }
  }

  /**
   * JSON lines: at least two lines with content, the first of which is whole JSON. Empty where this
   * is something else.
   */
  private static List<Item> lines(String source, byte[] bytes) {
    List<Item> items = new ArrayList<>();
    int withContent = 0;
    int number = 0;
    var lines = new String(bytes, StandardCharsets.UTF_8).lines().iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      number++;
      if (line.isBlank()) {
        continue;
      }
      withContent++;
      if (items.size() >= MAX_ITEMS) {
        items.add(tooMany(new Place(source, number, 1, "")));
        break;
      }
      Place place = new Place(source, number, 1, "");
      try {
        items.addAll(new Unwrapping(place).unwrap(JSON.readTree(line)));
      } catch (JsonProcessingException broken) {
        if (withContent == 1) {
          return List.of();
        }
        items.add(new Item.Refused(invalid(source, number, broken)));
      }
    }
    return withContent > 1 ? items : List.of();
  }

  /**
   * Values one after the other, as programs print them; what comes after a broken one is not known.
   */
  private static List<Item> sequence(String source, byte[] bytes) {
    List<Item> items = new ArrayList<>();
    try (MappingIterator<JsonNode> values = SEQUENCE.readValues(bytes)) {
      while (values.hasNextValue()) {
        if (items.size() >= MAX_ITEMS) {
          items.add(tooMany(new Place(source, 0, 0, "")));
          break;
        }
        items.addAll(new Unwrapping(new Place(source, 0, 0, "")).unwrap(values.nextValue()));
      }
    } catch (JsonProcessingException broken) {
      items.add(new Item.Refused(invalid(source, 0, broken)));
    } catch (IOException impossible) {
      items.add(refused(new Place(source, 0, 0, ""), "unreadable", "cannot be read"));
    }
    return items;
  }

  private static Item tooMany(Place place) {
    return refused(place, "too-many", "more than " + MAX_ITEMS + " items (expected: at most that)");
  }

  private static Problem invalid(String source, int line, JsonProcessingException broken) {
    var at = broken.getLocation();
    int inDocument = at == null ? 1 : at.getLineNr();
    int column = at == null ? 1 : at.getColumnNr();
    return Problem.error(
        "invalid-json",
        reason(broken)
            + " (expected: a GuardDuty finding, an EventBridge event, a list or JSON lines)",
        new Place(source, line > 0 ? line : inDocument, Math.max(1, column), ""));
  }

  /** The parser's reason without the names of its own parts. */
  private static String reason(JsonProcessingException broken) {
    String message = String.valueOf(broken.getOriginalMessage());
    if (message.contains("nesting depth")) {
      return "JSON nested deeper than " + MAX_JSON_DEPTH;
    }
    // What is quoted is the sender's: it may be anything, and this goes into logs and queues.
    String plain = message.split("[(`:\\[]", 2)[0].replaceAll("'[^']*'?", "").strip();
    return "no valid JSON: " + Untrusted.clean(plain, 120);
  }

  static Item refused(Place place, String code, String message) {
    return new Item.Refused(Problem.error(code, message, place));
  }

  private static final class Refusal extends Exception {
    private final Problem problem;

    private Refusal(String source, String code, String message) {
      super(message);
      this.problem = Problem.error(code, message, new Place(source, 0, 0, ""));
    }
  }

  private static byte[] unpacked(String source, InputStream in) throws IOException, Refusal {
    byte[] bytes = bounded(source, in);
    if (bytes.length < 2 || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b) {
      return bytes;
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return bounded(source, gzip);
    } catch (EOFException cut) {
      throw new Refusal(
          source, "truncated-gzip", "the gzip file ends too early (expected: a whole file)");
    } catch (ZipException broken) {
      throw new Refusal(source, "invalid-gzip", "no valid gzip: " + broken.getMessage());
    }
  }

  private static byte[] bounded(String source, InputStream in) throws IOException, Refusal {
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > MAX_INPUT_BYTES) {
        throw new Refusal(
            source,
            "too-large",
            "more than "
                + (MAX_INPUT_BYTES >> 20)
                + " MiB, unpacked where it was packed (expected: at most that)");
      }
    }
    return out.toByteArray();
  }

  /** For tests and callers that hold JSON already. */
  public static List<Item> read(String source, JsonNode json) {
    return new Unwrapping(new Place(source, 0, 0, "")).unwrap(json);
  }
}
