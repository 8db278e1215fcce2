package dev.yagura.knowledge.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markdown: headings with {@code #}; code, tables and lists stay as they are written. */
final class MarkdownText implements TextExtractor {
  // None of these looks beyond the next mark of its own kind, however long the line is.
  private static final Pattern HEADING = Pattern.compile("(#{1,6})[ \\t]++(\\S.*+)");
  private static final Pattern ANCHOR = Pattern.compile("<a [^<>]*+>|</a>|\\{#[^{}]*+}");
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\[\\]]*+)]\\([^()]*+\\)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([-_*.!#&`<>()\\[\\]])");

  @Override
  public Set<String> extensions() {
    return Set.of("md", "markdown", "mdx");
  }

  @Override
  public List<Block> read(String name, Path file) {
    return blocks(PlainText.content(name, file));
  }

  static List<Block> blocks(String markdown) {
    List<Block> blocks = new ArrayList<>();
    var paragraph = new StringBuilder();
    boolean code = false;
    for (String line : markdown.split("\\R", -1)) {
      if (line.stripLeading().startsWith("```")) {
        code = !code;
      }
      Matcher heading = HEADING.matcher(line);
      if (!code && heading.matches()) {
        close(blocks, paragraph);
        blocks.add(new Block(heading.group(1).length(), title(heading.group(2)), 0));
      } else if (!code && line.isBlank()) {
        close(blocks, paragraph);
      } else {
        paragraph.append(paragraph.isEmpty() ? "" : "\n").append(code ? line : plain(line));
      }
    }
    close(blocks, paragraph);
    return blocks;
  }

  /** Without the marks that may close a heading. */
  private static String title(String heading) {
    String text = heading.stripTrailing();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '#') {
      end--;
    }
    return plain(text.substring(0, end)).strip();
  }

  private static void close(List<Block> blocks, StringBuilder paragraph) {
    if (!paragraph.toString().isBlank()) {
      blocks.add(new Block(0, paragraph.toString().strip(), 0));
    }
    paragraph.setLength(0);
  }

  private static String plain(String line) {
    String text = LINK.matcher(ANCHOR.matcher(line).replaceAll("")).replaceAll("$1");
    return ESCAPE.matcher(text).replaceAll("$1").replace("**", "").stripTrailing();
  }
}
