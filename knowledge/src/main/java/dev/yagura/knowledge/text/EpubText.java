package dev.yagura.knowledge.text;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** EPUB: the chapters in the order of the book's spine, each a page of XHTML. */
final class EpubText implements TextExtractor {
  /** Longest chapter, unpacked, in bytes; and of the whole book. */
  private static final int MAX_CHAPTER = 20 << 20;

  private static final int MAX_BOOK = 60 << 20;

  @Override
  public Set<String> extensions() {
    return Set.of("epub");
  }

  @Override
  public List<Block> read(String name, Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      String root = attribute(xml(name, zip, "META-INF/container.xml"), "rootfile", "full-path");
      Document book = xml(name, zip, root);
      String folder = root.contains("/") ? root.substring(0, root.lastIndexOf('/') + 1) : "";
      List<Block> blocks = new ArrayList<>();
      long size = 0;
      for (String chapter : chapters(book)) {
        byte[] page = bytes(name, zip, Path.of(folder + chapter).normalize().toString());
        size += page.length;
        if (size > MAX_BOOK) {
          throw Extractors.unusable(
              name, "larger than " + (MAX_BOOK >> 20) + " MB unpacked (expected: at most that)");
        }
        blocks.addAll(
            HtmlText.blocks(Jsoup.parse(new java.io.ByteArrayInputStream(page), null, "")));
      }
      return blocks;
    } catch (IOException | IllegalArgumentException broken) {
      throw Extractors.unusable(
          name, "damaged (" + broken.getMessage() + ") (expected: an EPUB that readers open)");
    }
  }

  private static List<String> chapters(Document book) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Element item : book.select("manifest > item, *|manifest > *|item")) {
      files.put(item.attr("id"), item.attr("href"));
    }
    List<String> chapters = new ArrayList<>();
    for (Element item : book.select("spine > itemref, *|spine > *|itemref")) {
      String file = files.get(item.attr("idref"));
      String path = file == null ? null : URI.create(file).getPath();
      if (path != null && !chapters.contains(path)) {
        chapters.add(path);
      }
    }
    return chapters;
  }

  private static String attribute(Document xml, String tag, String attribute) {
    Element element = xml.selectFirst(tag);
    if (element == null || element.attr(attribute).isEmpty()) {
      throw new IllegalArgumentException("no " + tag + " in it");
    }
    return element.attr(attribute);
  }

  private static Document xml(String name, ZipFile zip, String entry) throws IOException {
    return Jsoup.parse(
        new java.io.ByteArrayInputStream(bytes(name, zip, entry)), null, "", Parser.xmlParser());
  }

  private static byte[] bytes(String name, ZipFile zip, String path) throws IOException {
    ZipEntry entry = zip.getEntry(path);
    if (entry == null) {
      throw new IllegalArgumentException("no " + path + " in it");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] all = in.readNBytes(MAX_CHAPTER + 1);
      if (all.length > MAX_CHAPTER) {
        throw Extractors.unusable(
            name,
            "a part is larger than "
                + (MAX_CHAPTER >> 20)
                + " MB unpacked (expected: at most that)");
      }
      return all;
    }
  }
}
