package dev.yagura.finding.alert;

import dev.yagura.finding.Untrusted;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A piece of text in an alert. Words of a finding are always {@link Code}: never markup, never a
 * link.
 */
public sealed interface Span {
  String text();

  /** Our own words, or a value that is safe by its form. */
  record Plain(String text) implements Span {}

  record Strong(String text) implements Span {}

  /** A value out of the finding. */
  record Code(String text) implements Span {}

  /** A link that we built ourselves. */
  record Link(String text, String url) implements Span {}

  /**
   * A name out of a finding: user, bucket, path. Broken only where it looks like a link, for names
   * may hold dots.
   */
  static Span name(String text) {
    return looksLikeLink(text)
        ? new Code(Untrusted.defang(text, Untrusted.NAME))
        : new Code(Untrusted.clean(text, Untrusted.NAME));
  }

  private static boolean looksLikeLink(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("://") || lower.contains("www.") || lower.contains("mailto:");
  }

  /** A text out of a finding that may hold domains or URLs; they are broken. */
  static Span hostile(String text) {
    return new Code(Untrusted.defang(text, Untrusted.TEXT));
  }

  /** The text alone, without any marks. */
  static String plain(List<Span> spans) {
    return spans.stream().map(Span::text).collect(Collectors.joining());
  }
}
