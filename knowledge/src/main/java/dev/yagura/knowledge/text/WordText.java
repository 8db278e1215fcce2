package dev.yagura.knowledge.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFSDT;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** DOCX: headings by their style, paragraphs, lists and tables. */
final class WordText implements TextExtractor {
  private static final Pattern HEADING = Pattern.compile("(?:heading|見出し) ?([1-9])");

  @Override
  public Set<String> extensions() {
    return Set.of("docx");
  }

  @Override
  public List<Block> read(String name, Path file) {
    return OfficeFiles.read(
        name,
        file,
        office -> {
          try (var document = new XWPFDocument(office)) {
            List<Block> blocks = new ArrayList<>();
            for (IBodyElement element : document.getBodyElements()) {
              switch (element) {
                case XWPFParagraph paragraph -> add(blocks, document, paragraph);
                case XWPFTable table -> blocks.add(new Block(0, text(table), 0));
                case XWPFSDT control ->
                    blocks.add(new Block(0, control.getContent().getText().strip(), 0));
                default -> {}
              }
            }
            blocks.removeIf(block -> block.text().isBlank());
            return blocks;
          }
        });
  }

  private static void add(List<Block> blocks, XWPFDocument document, XWPFParagraph paragraph) {
    String text = paragraph.getText().strip();
    if (!text.isEmpty()) {
      boolean item = paragraph.getNumID() != null;
      int level = level(document, paragraph);
      blocks.add(new Block(level, item && level == 0 ? "- " + text : text, 0));
    }
  }

  private static int level(XWPFDocument document, XWPFParagraph paragraph) {
    String id = paragraph.getStyleID();
    if (id == null) {
      return 0;
    }
    XWPFStyle style = document.getStyles() == null ? null : document.getStyles().getStyle(id);
    String name = style == null || style.getName() == null ? id : style.getName();
    if (name.equalsIgnoreCase("title")) {
      return 1;
    }
    Matcher heading = HEADING.matcher(name.toLowerCase(Locale.ROOT));
    return heading.matches() ? Integer.parseInt(heading.group(1)) : 0;
  }

  private static String text(XWPFTable table) {
    return table.getRows().stream()
        .map(
            row ->
                row.getTableCells().stream()
                    .map(cell -> cell.getText().strip())
                    .collect(Collectors.joining(" | ")))
        .collect(Collectors.joining("\n"));
  }
}
