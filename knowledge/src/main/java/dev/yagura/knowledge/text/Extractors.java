package dev.yagura.knowledge.text;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** All kinds of files that can be read. */
public final class Extractors {
  /** Longest file, in bytes. */
  public static final long MAX_BYTES = 200L << 20;

  private static final List<TextExtractor> ALL =
      List.of(
          new PdfText(),
          new MarkdownText(),
          new HtmlText(),
          new PlainText(),
          new CsvText(),
          new WordText(),
          new SheetText(),
          new SlidesText(),
          new EpubText());

  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  private Extractors() {}

  /** The blocks of a file, chosen by the extension of the name; never an empty list. */
  public static List<Block> read(String name, Path file) {
    return read(name, kind(name), file);
  }

  /**
   * @param kind one of {@link #kinds}, in lower case
   */
  public static List<Block> read(String name, String kind, Path file) {
    Optional<TextExtractor> extractor =
        ALL.stream().filter(one -> one.extensions().contains(kind)).findFirst();
    if (extractor.isEmpty()) {
      throw unusable(name, "this kind of file cannot be read (expected: one of " + kinds() + ")");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(name, "larger than " + (MAX_BYTES >> 20) + " MB (expected: at most that)");
      }
    } catch (IOException unreadable) {
      throw unusable(name, "cannot be opened (" + unreadable.getMessage() + ")");
    }
    List<Block> blocks = blocks(extractor.get(), name, file);
    long characters = blocks.stream().mapToLong(block -> block.text().length()).sum();
    if (characters > TextExtractor.MAX_TEXT) {
      throw tooMuchText(name);
    }
    if (blocks.stream().allMatch(block -> block.text().isBlank())) {
      throw unusable(
          name, "no text found (expected: text; a scanned document needs character recognition)");
    }
    return blocks;
  }

  /**
   * One file after the other: some kinds are held in memory as a whole, many times as large as the
   * file.
   */
  @Boundary("a broken file can throw anything; it is named and the others go on")
  private static List<Block> blocks(TextExtractor extractor, String name, Path file) {
    ONE_AT_A_TIME.lock();
    try {
      if (Files.size(file) == 0) {
        throw unusable(name, "the file is empty (expected: text)");
      }
      return extractor.read(name, file);
    } catch (FlowException named) {
      throw named;
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      throw unusable(name, "damaged (" + broken.getMessage() + ") (expected: a usable file)");
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  static FlowException tooMuchText(String name) {
    return unusable(
        name,
        "more than " + TextExtractor.MAX_TEXT + " characters of text (expected: at most that)");
  }

  /** The blocks of a text in Markdown. */
  public static List<Block> markdown(String text) {
    return MarkdownText.blocks(text);
  }

  /** The extensions that can be read, for messages. */
  public static String kinds() {
    var all = new TreeSet<String>();
    ALL.forEach(one -> all.addAll(one.extensions()));
    return String.join(", ", all);
  }

  public static boolean reads(String name) {
    return ALL.stream().anyMatch(one -> one.extensions().contains(kind(name)));
  }

  /** The extension of a name, in lower case. */
  public static String kind(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  static FlowException unusable(String name, String why) {
    return Failure.user("UnusableDocument", name + ": " + why).asException();
  }
}
