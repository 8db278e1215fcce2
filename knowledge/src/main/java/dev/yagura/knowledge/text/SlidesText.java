package dev.yagura.knowledge.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFGroupShape;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTextShape;

/** PPTX: a slide is a page, its title a heading; notes of the speaker come after it. */
final class SlidesText implements TextExtractor {
  @Override
  public Set<String> extensions() {
    return Set.of("pptx");
  }

  @Override
  public List<Block> read(String name, Path file) {
    return OfficeFiles.read(
        name,
        file,
        office -> {
          try (var show = new XMLSlideShow(office)) {
            List<Block> blocks = new ArrayList<>();
            for (XSLFSlide slide : show.getSlides()) {
              add(blocks, slide);
            }
            return blocks;
          }
        });
  }

  private static void add(List<Block> blocks, XSLFSlide slide) {
    int page = slide.getSlideNumber();
    String title = slide.getTitle();
    if (title != null && !title.isBlank()) {
      blocks.add(new Block(1, title.strip(), page));
    }
    addShapes(blocks, slide.getShapes(), page, title == null ? "" : title.strip());
    if (slide.getNotes() != null) {
      addShapes(blocks, slide.getNotes().getShapes(), page, "");
    }
  }

  private static void addShapes(
      List<Block> blocks, List<XSLFShape> shapes, int page, String title) {
    for (XSLFShape shape : shapes) {
      if (shape instanceof XSLFGroupShape group) {
        addShapes(blocks, group.getShapes(), page, title);
      }
      String text = text(shape).strip();
      if (!text.isEmpty() && !text.equals(title)) {
        blocks.add(new Block(0, text, page));
      }
    }
  }

  private static String text(XSLFShape shape) {
    if (shape instanceof XSLFTextShape words) {
      if (words.getTextType() == Placeholder.SLIDE_NUMBER) {
        return "";
      }
      return words.getText() == null ? "" : words.getText();
    }
    if (shape instanceof XSLFTable table) {
      return table.getRows().stream()
          .map(
              row ->
                  row.getCells().stream()
                      .map(cell -> cell.getText().strip())
                      .collect(Collectors.joining(" | ")))
          .collect(Collectors.joining("\n"));
    }
    return "";
  }
}
