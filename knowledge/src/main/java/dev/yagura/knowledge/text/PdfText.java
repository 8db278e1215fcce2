package dev.yagura.knowledge.text;

import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDF: lines with the size of their letters, from which headings are told. */
final class PdfText implements TextExtractor {
  /** Most pages of a document. */
  static final int MAX_PAGES = 3_000;

  @Override
  public Set<String> extensions() {
    return Set.of("pdf");
  }

  @Override
  @Boundary("a broken file can throw anything; it is named and the others go on")
  public List<Block> read(String name, Path file) {
    try (PDDocument document =
        Loader.loadPDF(file.toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
      if (document.getNumberOfPages() > MAX_PAGES) {
        throw Extractors.unusable(
            name, document.getNumberOfPages() + " pages (expected: at most " + MAX_PAGES + ")");
      }
      if (!document.getCurrentAccessPermission().canExtractContent()) {
        throw Extractors.unusable(name, "its owner forbids to extract text");
      }
      return PdfLines.read(document, name).blocks();
    } catch (InvalidPasswordException encrypted) {
      throw Extractors.unusable(name, "encrypted (expected: a PDF that opens without a password)");
    } catch (FlowException named) {
      throw named;
    } catch (IOException | RuntimeException broken) {
      throw Extractors.unusable(
          name, "damaged (" + broken.getMessage() + ") (expected: a PDF that other programs open)");
    }
  }
}
