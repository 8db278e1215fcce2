package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

/** PDFs that nobody would want: each ends indexed or failed with a reason, and the rest goes on. */
class HostilePdfTest extends LibraryFixture {
  private Path pdf(String name, int pages, AccessPermission may, String password)
      throws IOException {
    Path file = folder.resolve(name);
    try (var document = new PDDocument()) {
      for (int i = 1; i <= pages; i++) {
        page(document, i);
      }
      if (!password.isEmpty() || !may.canExtractContent()) {
        document.protect(new StandardProtectionPolicy("owner", password, may));
      }
      document.save(file.toFile());
    }
    return file;
  }

  private static void page(PDDocument document, int number) throws IOException {
    var page = new PDPage();
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
      content.newLineAtOffset(50, 700);
      content.showText("The plan of page number" + number + " is written here.");
      content.endText();
    }
  }

  private String error(Path file) throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      return add(library, base, file.getFileName().toString(), file).document().error();
    }
  }

  @Test
  void one_that_wants_a_password() throws Exception {
    assertThat(error(pdf("locked.pdf", 1, new AccessPermission(), "secret")))
        .isEqualTo("locked.pdf: encrypted (expected: a PDF that opens without a password)");
  }

  @Test
  void one_whose_owner_forbids_to_take_its_text() throws Exception {
    var may = new AccessPermission();
    may.setCanExtractContent(false);
    assertThat(error(pdf("forbidden.pdf", 1, may, "")))
        .isEqualTo("forbidden.pdf: its owner forbids to extract text");
  }

  @Test
  void half_of_one() throws Exception {
    byte[] whole = Files.readAllBytes(pdf("whole.pdf", 3, new AccessPermission(), ""));
    Path half = Files.write(folder.resolve("half.pdf"), Arrays.copyOf(whole, whole.length / 20));
    assertThat(error(half)).startsWith("half.pdf: ");
  }

  @Test
  void one_without_any_text() throws Exception {
    Path file = folder.resolve("scan.pdf");
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(file.toFile());
    }
    assertThat(error(file)).contains("scan.pdf: no text found");
  }

  @Test
  void one_of_two_thousand_pages_is_taken_and_one_of_more_than_three_thousand_is_not()
      throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Path huge = pdf("long.pdf", 2_000, new AccessPermission(), "");
      assertThat(add(library, base, "long.pdf", huge).document().error()).isEmpty();
      Hit hit = top(library, base, "page number1987");
      assertThat(hit.page()).isBetween(1950, 1987);
      assertThat(hit.text()).contains("number1987");
      Path tooLong = pdf("too-long.pdf", 3_001, new AccessPermission(), "");
      assertThat(add(library, base, "too-long.pdf", tooLong).document().error())
          .isEqualTo("too-long.pdf: 3001 pages (expected: at most 3000)");
    }
  }
}
