package dev.yagura.node.template;

import java.util.regex.Pattern;

/** The text of a template before the engine reads it. */
final class JinjaSource {
  private static final Pattern AFTER = Pattern.compile("-(}}|#})\\s*+");

  private JinjaSource() {}

  /**
   * Drops one newline at the end, and the blanks around <code>{{- … -}}</code> and <code>{#- … -#}
   * </code>; the engine itself knows <code>{%- … -%}</code>.
   */
  static String trimmed(String template) {
    String source =
        template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
    source = AFTER.matcher(source).replaceAll("$1");
    var out = new StringBuilder(source.length());
    int start = 0;
    for (int at = opening(source, 0); at >= 0; at = opening(source, start)) {
      out.append(source, start, at);
      int end = out.length();
      while (end > 0 && Character.isWhitespace(out.charAt(end - 1))) {
        end--;
      }
      out.setLength(end);
      out.append(source, at, at + 2);
      start = at + 3;
    }
    return out.append(source, start, source.length()).toString();
  }

  private static int opening(String source, int from) {
    for (int at = source.indexOf('{', from); at >= 0; at = source.indexOf('{', at + 1)) {
      if (source.startsWith("{{-", at) || source.startsWith("{#-", at)) {
        return at;
      }
    }
    return -1;
  }
}
