package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.knowledge.text.Block;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of file is read as its readers see it. */
class FileKindsTest {
  @TempDir Path folder;

  private List<Block> read(Path file) {
    return Extractors.read(file.getFileName().toString(), file);
  }

  private Path zip(String name, Map<String, String> parts) throws IOException {
    Path file = folder.resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  @Test
  void a_word_document_keeps_headings_lists_and_tables() throws IOException {
    Path file = folder.resolve("runbook.docx");
    try (var document = new XWPFDocument();
        OutputStream out = Files.newOutputStream(file)) {
      var heading = document.createParagraph();
      heading.setStyle("Heading2");
      heading.createRun().setText("隔離の手順");
      document.createParagraph().createRun().setText("Isolate the instance first.");
      XWPFTable table = document.createTable(1, 2);
      table.getRow(0).getCell(0).setText("owner");
      table.getRow(0).getCell(1).setText("blue team");
      document.write(out);
    }
    assertThat(read(file))
        .containsExactly(
            new Block(2, "隔離の手順", 0),
            new Block(0, "Isolate the instance first.", 0),
            new Block(0, "owner | blue team", 0));
  }

  @Test
  void a_workbook_names_the_column_of_each_value() throws IOException {
    Path file = folder.resolve("accounts.xlsx");
    try (var book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      XSSFSheet sheet = book.createSheet("Accounts");
      row(sheet, 0, "account", "owner", "phone");
      XSSFRow second = row(sheet, 1, "111122223333", "", "");
      second.getCell(2).setCellValue(4711);
      book.write(out);
    }
    assertThat(read(file))
        .containsExactly(
            new Block(1, "Accounts", 0),
            new Block(0, "account | owner | phone", 0),
            new Block(0, "account: 111122223333 | phone: 4711", 0));
  }

  private static XSSFRow row(XSSFSheet sheet, int number, String... cells) {
    XSSFRow row = sheet.createRow(number);
    for (int i = 0; i < cells.length; i++) {
      row.createCell(i).setCellValue(cells[i]);
    }
    return row;
  }

  @Test
  void a_slide_is_a_page_and_its_title_a_heading() throws IOException {
    Path file = folder.resolve("drill.pptx");
    try (var show = new XMLSlideShow();
        OutputStream out = Files.newOutputStream(file)) {
      XSLFSlide slide =
          show.createSlide(
              show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_AND_CONTENT));
      slide.getPlaceholder(0).setText("First call");
      slide.getPlaceholder(1).setText("Ring the duty manager");
      show.write(out);
    }
    assertThat(read(file))
        .containsExactly(new Block(1, "First call", 1), new Block(0, "Ring the duty manager", 1));
  }

  @Test
  void a_table_as_text_in_the_encodings_and_with_the_marks_of_japan_and_europe()
      throws IOException {
    Path japanese = folder.resolve("a.csv");
    Files.write(japanese, "項目,担当\n\"隔離, 復旧\",青組\n".getBytes(Charset.forName("Shift_JIS")));
    assertThat(read(japanese))
        .extracting(Block::text)
        .containsExactly("項目 | 担当", "項目: 隔離, 復旧 | 担当: 青組");
    Path semicolons = Files.writeString(folder.resolve("b.csv"), "a;b\n1;2\n");
    assertThat(read(semicolons)).extracting(Block::text).containsExactly("a | b", "a: 1 | b: 2");
  }

  @Test
  void a_book_is_read_in_the_order_of_its_spine() throws IOException {
    Path file =
        zip(
            "book.epub",
            Map.of(
                "META-INF/container.xml",
                "<container><rootfiles><rootfile"
                    + " full-path=\"OEBPS/book.opf\"/></rootfiles></container>",
                "OEBPS/book.opf",
                "<package><manifest><item id=\"two\" href=\"2.xhtml\"/><item id=\"one\""
                    + " href=\"first%20chapter.xhtml\"/></manifest><spine><itemref"
                    + " idref=\"one\"/><itemref idref=\"two\"/></spine></package>",
                "OEBPS/first chapter.xhtml",
                "<html><body><h1>Start</h1><p>First things first.</p></body></html>",
                "OEBPS/2.xhtml",
                "<html><body><h1>End</h1><p>Write it down.</p></body></html>"));
    assertThat(read(file))
        .extracting(Block::text)
        .containsExactly("Start", "First things first.", "End", "Write it down.");
  }

  @Test
  void a_document_that_unpacks_to_very_much_is_named_and_not_unpacked() throws IOException {
    Path bomb =
        zip(
            "bomb.docx",
            Map.of(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + " ".repeat(40 << 20)
                    + "</Types>"));
    assertThatThrownBy(() -> read(bomb))
        .hasMessageContaining("bomb.docx: damaged, or larger than it looks");
  }

  @Test
  void names_of_columns_do_not_multiply_a_table() throws IOException {
    String head = "x".repeat(10_000) + "\n";
    Path file = Files.writeString(folder.resolve("wide.csv"), head + "1\n".repeat(1_000));
    long characters = read(file).stream().mapToLong(block -> block.text().length()).sum();
    assertThat(characters).isLessThan(100_000);
  }

  @Test
  void a_page_that_is_nested_very_deep_is_named_or_read() throws IOException {
    Path deep = Files.writeString(folder.resolve("deep.html"), "<div>".repeat(20_000) + "text");
    assertThatThrownBy(() -> read(deep)).hasMessageContaining("deep.html: ");
    Path empty = Files.writeString(folder.resolve("empty.md"), "");
    assertThatThrownBy(() -> read(empty))
        .hasMessage("empty.md: the file is empty (expected: text)");
  }

  @Test
  void what_is_none_of_its_kind_is_named() throws IOException {
    for (String name : List.of("a.docx", "a.xlsx", "a.pptx", "a.epub")) {
      Path file = Files.writeString(folder.resolve(name), "this is text");
      assertThatThrownBy(() -> read(file)).hasMessageContaining(name + ": damaged");
    }
    Path empty = zip("b.docx", Map.of("a", "b"));
    assertThatThrownBy(() -> read(empty)).hasMessageContaining("b.docx: ");
  }

  @Test
  void an_encrypted_or_old_document_is_named() throws IOException {
    Path file = folder.resolve("locked.docx");
    try (var old = new org.apache.poi.poifs.filesystem.POIFSFileSystem();
        OutputStream out = Files.newOutputStream(file)) {
      old.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), "EncryptedPackage");
      old.writeFilesystem(out);
    }
    assertThatThrownBy(() -> read(file)).hasMessageContaining("locked.docx: encrypted");
  }
}
