package dev.yagura.knowledge.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text without markup: paragraphs are set apart by blank lines. */
final class PlainText implements TextExtractor {
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, Charset.forName("Shift_JIS"), Charset.forName("EUC-JP"));

  @Override
  public Set<String> extensions() {
    return Set.of("txt", "text", "log");
  }

  @Override
  public List<Block> read(String name, Path file) {
    List<Block> blocks = new ArrayList<>();
    for (String paragraph : content(name, file).split("\\R\\s*\\R")) {
      if (!paragraph.isBlank()) {
        blocks.add(new Block(0, paragraph.strip(), 0));
      }
    }
    return blocks;
  }

  /** The text in the first encoding that fits: UTF-8 and UTF-16 with a mark, Shift_JIS, EUC-JP. */
  static String content(String name, Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length >= 2
          && ((bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff)
              || (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe))) {
        return bounded(name, new String(bytes, StandardCharsets.UTF_16));
      }
      for (Charset charset : CHARSETS) {
        String text = decoded(bytes, charset);
        if (text != null) {
          return bounded(name, text.startsWith("\ufeff") ? text.substring(1) : text);
        }
      }
      throw Extractors.unusable(
          name, "no text (expected: UTF-8, UTF-16 with a mark, Shift_JIS or EUC-JP)");
    } catch (IOException unreadable) {
      throw Extractors.unusable(name, "cannot be read (" + unreadable.getMessage() + ")");
    }
  }

  /** Null where the bytes are no text in this encoding. */
  private static @Nullable String decoded(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException another) {
      return null;
    }
  }

  private static String bounded(String name, String text) {
    if (text.length() > MAX_TEXT) {
      throw Extractors.unusable(
          name, "more than " + MAX_TEXT + " characters of text (expected: at most that)");
    }
    return text;
  }
}
