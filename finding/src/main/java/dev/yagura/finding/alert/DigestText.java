package dev.yagura.finding.alert;

import java.util.List;

/** A digest as plain text: for mail, and wherever there is no markup. */
public final class DigestText {
  private DigestText() {}

  /** The first line alone: a subject. */
  public static String title(Digest digest) {
    return new DigestWords(digest.language(), digest.zone()).title(digest);
  }

  public static String of(Digest digest) {
    var words = new DigestWords(digest.language(), digest.zone());
    var out = new StringBuilder(words.title(digest)).append("\n");
    if (!digest.alerts().isEmpty()) {
      out.append(words.shortened()).append("\n\n");
      digest.alerts().forEach(line -> line(out, line, line.headline()));
    }
    if (!digest.repeats().isEmpty()) {
      out.append('\n').append(words.again()).append("\n\n");
      for (Digest.Repeat repeat : digest.repeats()) {
        line(out, repeat.latest(), words.times(repeat));
        if (repeat.findings().size() > 1) {
          out.append("    ").append(String.join(" ", repeat.findings())).append('\n');
        }
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, Digest.Line line, String words) {
    out.append("- ").append(words).append('\n').append("    ");
    List<String> parts =
        List.of(line.type(), line.resource(), line.account(), line.region(), line.finding());
    out.append(
        String.join(
            " · ",
            parts.stream()
                .filter(part -> !part.isEmpty())
                .map(part -> Span.hostile(part).text())
                .toList()));
    out.append('\n');
    if (!line.link().isEmpty()) {
      out.append("    ").append(line.link()).append('\n');
    }
  }
}
