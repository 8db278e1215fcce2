package dev.yagura.node.text;

/** Names of files. */
public final class FileNames {
  /** Longest URL of a file, in characters. */
  public static final int MAX_URL = 8_192;

  private FileNames() {}

  /** What stands behind the last slash of a URL, without query and fragment; may be empty. */
  public static String ofUrl(String url) {
    int end = url.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = url.indexOf(mark);
      end = at >= 0 && at < end ? at : end;
    }
    return url.substring(url.lastIndexOf('/', end - 1) + 1, end);
  }
}
