package dev.yagura.node.http;

import dev.yagura.base.Failure;
import dev.yagura.egress.EgressResponse;
import dev.yagura.graph.value.Value;
import dev.yagura.node.FileShelf;
import dev.yagura.node.text.FileNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells text from files in an answer (dify-contract §2.8, file detection). */
final class ResponseFiles {
  /** Longest answer that is text, in bytes. */
  static final int MAX_TEXT = 1 << 20;

  private static final Pattern TEXT_KINDS =
      Pattern.compile("json|xml|javascript|x-www-form-urlencoded|yaml|graphql");
  private static final Pattern LOOKS_LIKE_TEXT =
      Pattern.compile("[{\\[<]|\\b(function|var|const|let)\\b");
  private static final Pattern FILENAME = Pattern.compile("filename\\*?=\"?([^\";]+)\"?");
  private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:-]+)");
  private static final int SNIFF = 1024;

  private ResponseFiles() {}

  /** One of both is empty. */
  record Read(String text, Value.Array files) {}

  static Read read(EgressResponse response, String url, FileShelf shelf) {
    if (isFile(response)) {
      return new Read(
          "", Value.array(shelf.keep(name(response, url), mimeType(response), response.body())));
    }
    int size = response.body().length;
    if (size > MAX_TEXT) {
      throw Failure.limit(
              "ResponseSizeError",
              String.format(
                  Locale.ROOT,
                  "Text size is too large, max size is 1.00 MB, but current size is %.2f MB.",
                  size / 1024.0 / 1024.0))
          .asException();
    }
    return new Read(decode(response), Value.array());
  }

  private static String mimeType(EgressResponse response) {
    return response.header("content-type", "").split(";")[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isFile(EgressResponse response) {
    String disposition = response.header("content-disposition", "").toLowerCase(Locale.ROOT);
    if (disposition.contains("attachment") || disposition.contains("filename")) {
      return true;
    }
    String mime = mimeType(response);
    if (mime.startsWith("text/")) {
      return false;
    }
    if (mime.startsWith("application/")) {
      return !TEXT_KINDS.matcher(mime).find() && !looksLikeText(response.body());
    }
    return mime.startsWith("image/") || mime.startsWith("audio/") || mime.startsWith("video/");
  }

  private static boolean looksLikeText(byte[] body) {
    String start = new String(body, 0, Math.min(body.length, SNIFF), StandardCharsets.UTF_8);
    return start.indexOf('\ufffd') < 0 && LOOKS_LIKE_TEXT.matcher(start).find();
  }

  private static String name(EgressResponse response, String url) {
    Matcher named = FILENAME.matcher(response.header("content-disposition", ""));
    String name = named.find() ? named.group(1) : FileNames.ofUrl(url);
    String safe = name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
    return safe.isBlank() ? "file" : safe.substring(0, Math.min(200, safe.length()));
  }

  private static String decode(EgressResponse response) {
    Matcher named = CHARSET.matcher(response.header("content-type", ""));
    Charset charset =
        named.find()
            ? charset(named.group(1)).orElse(StandardCharsets.UTF_8)
            : StandardCharsets.UTF_8;
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(response.body()))
          .toString();
    } catch (CharacterCodingException another) {
      return new String(response.body(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
