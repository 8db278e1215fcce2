package dev.yagura.knowledge.text;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a PDF. Lines that come back at the top or bottom of many pages are running headers
 * and footers and are dropped; lines in larger letters than the body are headings.
 */
final class PdfLines extends PDFTextStripper {
  private static final int EDGE = 2;
  private static final float LARGER = 1.15f;
  private static final int LONGEST_HEADING = 200;
  private static final int LEVELS = 4;

  /**
   * @param size of its letters, in points
   * @param top of the line on its page, in points
   */
  private record Line(String text, float size, int page, float top) {}

  private final List<Line> lines = new ArrayList<>();
  private final String name;
  private long characters;

  private PdfLines(String name) {
    this.name = name;
    setSortByPosition(true);
  }

  static PdfLines read(PDDocument document, String name) throws IOException {
    var lines = new PdfLines(name);
    lines.writeText(document, Writer.nullWriter());
    return lines;
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    if (text.isBlank() || positions.isEmpty()) {
      return;
    }
    characters += text.length();
    if (characters > TextExtractor.MAX_TEXT) {
      throw Extractors.unusable(
          name,
          "more than " + TextExtractor.MAX_TEXT + " characters of text (expected: at most that)");
    }
    float size = 0;
    for (TextPosition position : positions) {
      size = Math.max(size, Math.round(position.getFontSizeInPt() * 2) / 2f);
    }
    int page = getCurrentPageNo();
    float top = positions.getFirst().getYDirAdj();
    Line last = lines.isEmpty() ? null : lines.getLast();
    if (last != null && last.page() == page && Math.abs(last.top() - top) < 1.5f) {
      lines.set(
          lines.size() - 1,
          new Line(last.text() + " " + text.strip(), Math.max(last.size(), size), page, top));
    } else {
      lines.add(new Line(text.strip(), size, page, top));
    }
  }

  List<Block> blocks() {
    List<Line> body = withoutRunning();
    float size = commonSize(body);
    List<Float> sizes = headingSizes(body, size);
    List<Block> blocks = new ArrayList<>();
    var paragraph = new StringBuilder();
    Line before = null;
    int page = 0;
    for (Line line : body) {
      int level = sizes.indexOf(line.size()) + 1;
      boolean heading = level > 0 && line.text().length() <= LONGEST_HEADING;
      boolean gap = before == null || isGap(before, line, size);
      boolean turned = before != null && before.page() != line.page();
      boolean full = turned && paragraph.length() > Segmenter.MAX / 2;
      if ((heading || gap || full) && !paragraph.isEmpty()) {
        blocks.add(new Block(0, paragraph.toString(), page));
        paragraph.setLength(0);
      }
      if (heading) {
        addHeading(blocks, level, line, before);
      } else {
        if (paragraph.isEmpty()) {
          page = line.page();
        }
        join(paragraph, line.text());
      }
      before = line;
    }
    if (!paragraph.isEmpty()) {
      blocks.add(new Block(0, paragraph.toString(), page));
    }
    return blocks;
  }

  /** A heading that is set in two lines is one heading. */
  private static void addHeading(List<Block> blocks, int level, Line line, @Nullable Line before) {
    Block last = blocks.isEmpty() ? null : blocks.getLast();
    if (last != null
        && last.level() == level
        && before != null
        && before.page() == line.page()
        && line.top() - before.top() < line.size() * 1.8f) {
      String joined = last.text() + (last.text().endsWith("/") ? "" : " ") + line.text();
      blocks.set(blocks.size() - 1, new Block(level, joined, last.page()));
    } else {
      blocks.add(new Block(level, line.text(), line.page()));
    }
  }

  private static boolean isGap(Line before, Line line, float size) {
    boolean samePage = before.page() == line.page();
    return samePage && line.top() - before.top() > size * 1.9f
        || line.text().matches("(•|-|\\d+\\.) .*");
  }

  private static void join(StringBuilder paragraph, String text) {
    if (!paragraph.isEmpty()) {
      int last = paragraph.codePointBefore(paragraph.length());
      boolean japanese =
          Character.UnicodeScript.of(last) != Character.UnicodeScript.LATIN
              && last > 0x2fff
              && text.codePointAt(0) > 0x2fff;
      paragraph.append(japanese ? "" : "\n");
    }
    paragraph.append(text);
  }

  private List<Line> withoutRunning() {
    Map<Integer, List<Line>> pages = new HashMap<>();
    lines.forEach(line -> pages.computeIfAbsent(line.page(), page -> new ArrayList<>()).add(line));
    Map<String, Integer> edges = new HashMap<>();
    pages
        .values()
        .forEach(page -> edge(page).forEach(line -> edges.merge(key(line), 1, Integer::sum)));
    int often = Math.max(3, pages.size() / 3);
    List<Line> kept = new ArrayList<>();
    for (Line line : lines) {
      boolean running = edges.getOrDefault(key(line), 0) >= often && isEdge(line, pages);
      if (!running) {
        kept.add(line);
      }
    }
    // Where all pages look the same, what they say is no header.
    return kept.isEmpty() ? lines : kept;
  }

  private static boolean isEdge(Line line, Map<Integer, List<Line>> pages) {
    return edge(pages.getOrDefault(line.page(), List.of())).contains(line);
  }

  private static List<Line> edge(List<Line> page) {
    if (page.size() <= EDGE * 2) {
      return page;
    }
    List<Line> edge = new ArrayList<>(page.subList(0, EDGE));
    edge.addAll(page.subList(page.size() - EDGE, page.size()));
    return edge;
  }

  /** Page numbers differ from page to page; the rest of the line does not. */
  private static String key(Line line) {
    return line.text().replaceAll("\\d+", "#");
  }

  private static float commonSize(List<Line> body) {
    Map<Float, Integer> counts = new HashMap<>();
    body.forEach(line -> counts.merge(line.size(), line.text().length(), Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(10f);
  }

  private static List<Float> headingSizes(List<Line> body, float common) {
    var sizes = new TreeSet<Float>(Collections.reverseOrder());
    body.forEach(
        line -> {
          if (line.size() > common * LARGER) {
            sizes.add(line.size());
          }
        });
    return sizes.stream().limit(LEVELS).toList();
  }
}
