package dev.yagura.finding.alert;

import java.util.ArrayList;
import java.util.List;

/** Builds a text out of spans, left to right. */
final class Line {
  private final List<Span> spans = new ArrayList<>();

  Line text(String text) {
    if (!text.isEmpty()) {
      spans.add(new Span.Plain(text));
    }
    return this;
  }

  Line strong(String text) {
    spans.add(new Span.Strong(text));
    return this;
  }

  Line name(String text) {
    spans.add(Span.name(text));
    return this;
  }

  /**
   * A value that is our own plain text when it has the form, and a name out of the finding
   * otherwise.
   */
  Line safe(String value, String form) {
    return value.matches(form) ? text(value) : name(value);
  }

  Line hostile(String text) {
    spans.add(Span.hostile(text));
    return this;
  }

  Line add(List<Span> more) {
    spans.addAll(more);
    return this;
  }

  /** Names one after the other, with a separator between. */
  Line names(List<String> names, String separator) {
    for (int i = 0; i < names.size(); i++) {
      text(i > 0 ? separator : "").name(names.get(i));
    }
    return this;
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }
}
