package dev.yagura.knowledge.text;

import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.openxml4j.exceptions.OLE2NotOfficeXmlFileException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.xmlbeans.XmlException;
import org.xml.sax.SAXException;

/** Opens files of Office (OOXML), which are archives of XML and may be bombs. */
final class OfficeFiles {
  /** Longest part of a file, unpacked, in bytes. */
  static final long MAX_PART = 20L << 20;

  /** Of all its parts of XML together: in memory they take twenty times as much. */
  static final long MAX_XML = 40L << 20;

  /** Most parts of a file. */
  static final long MAX_PARTS = 5_000;

  static {
    ZipSecureFile.setMaxEntrySize(MAX_PART);
    ZipSecureFile.setMaxFileCount(MAX_PARTS);
  }

  private OfficeFiles() {}

  /** Reads an open file. */
  @FunctionalInterface
  interface Reading {
    List<Block> of(OPCPackage file)
        throws IOException, OpenXML4JException, XmlException, SAXException;
  }

  /** The blocks; a FlowException says what is wrong with the file. */
  @Boundary("a broken file can throw anything; it is named and the others go on")
  static List<Block> read(String name, Path file, Reading reading) {
    checkSize(name, file);
    try (OPCPackage office = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
      return reading.of(office);
    } catch (FlowException named) {
      throw named;
    } catch (OLE2NotOfficeXmlFileException | EncryptedDocumentException locked) {
      throw Extractors.unusable(
          name,
          "encrypted, or in the format of Office before 2007 (expected: one that opens without a"
              + " password, in today's format)");
    } catch (IOException
        | OpenXML4JException
        | XmlException
        | SAXException
        | RuntimeException
        | StackOverflowError broken) {
      throw Extractors.unusable(
          name,
          "damaged, or larger than it looks ("
              + reason(broken)
              + ") (expected: a file that other programs open)");
    }
  }

  /** What the parts say that they come to; each is held to its word by the archive's reader. */
  private static void checkSize(String name, Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      long sum =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".xml"))
              .mapToLong(ZipEntry::getSize)
              .sum();
      if (sum > MAX_XML) {
        throw Extractors.unusable(
            name,
            "damaged, or larger than it looks ("
                + (sum >> 20)
                + " MB of XML, expected: at most "
                + (MAX_XML >> 20)
                + " MB)");
      }
    } catch (IOException noArchive) {
      // What it is instead is found out when it is opened.
      return;
    }
  }

  private static String reason(Throwable broken) {
    String text = String.valueOf(broken.getMessage()).replaceAll("\\s+", " ");
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
