package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Suppresses for a time. */
@Command(
    name = "suppress",
    mixinStandardHelpOptions = true,
    description = {
      "Lets no alert go out for what a pattern matches, until a time.",
      "Suppressions come before all other rules and count for every sender. What is",
      "suppressed is kept, counted and shown by: yagura rule log"
    })
final class RuleSuppress extends TargetCommand {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,4})([hd])");

  @Parameters(index = "0", paramLabel = "NAME", description = "The name of the rule.")
  String name = "";

  @Parameters(
      index = "1",
      paramLabel = "PATTERN",
      description = "A file, - for standard input, or the JSON itself.")
  String pattern = "";

  @Option(
      names = "--until",
      required = true,
      paramLabel = "TIME",
      description = {
        "12h or 14d from now, 2026-12-31 (its end in UTC) or 2026-12-31T09:00:00Z;",
        "at most 366 days."
      })
  String until = "";

  @Option(names = "--reason", required = true, description = "Why; people will ask.")
  String reason = "";

  @Option(names = "--by", description = "Who wants it so.")
  String by = "";

  RuleSuppress(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    ObjectNode rule = Json.object().put("name", name);
    rule.put("pattern", PatternText.of(console, pattern));
    rule.putObject("suppress").put("until", end().toString()).put("reason", reason).put("by", by);
    return RuleCommand.tell(this, target.post("/rules", rule));
  }

  private Instant end() {
    Matcher span = SPAN.matcher(until);
    if (span.matches()) {
      int count = Integer.parseInt(span.group(1));
      return Instant.now()
          .plus(span.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count));
    }
    try {
      return until.length() == 10
          ? LocalDate.parse(until).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(until);
    } catch (DateTimeException noTime) {
      throw new ParameterException(
          spec.commandLine(),
          "--until: '" + until + "' (expected: like 12h, 14d, 2026-12-31, 2026-12-31T09:00:00Z)",
          noTime);
    }
  }
}
