package dev.yagura.knowledge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A document as one text, which still knows under which heading and on which page a place is. */
public final class FullText {
  private record Place(String heading, int page) {}

  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, Place> places = new TreeMap<>();

  private FullText() {}

  /** The blocks, set apart by blank lines. */
  public static FullText of(List<Block> blocks) {
    var full = new FullText();
    List<String> headings = new ArrayList<>();
    for (Block block : blocks) {
      if (block.isHeading()) {
        while (headings.size() >= block.level()) {
          headings.removeLast();
        }
        headings.add(block.text());
      }
      if (!full.text.isEmpty()) {
        full.text.append("\n\n");
      }
      full.places.put(full.text.length(), new Place(String.join(" > ", headings), block.page()));
      full.text.append(block.text());
    }
    return full;
  }

  /**
   * Cuts the text.
   *
   * @param cut whose separator is meant literally
   */
  public List<Piece> pieces(Cut cut, boolean extraSpaces, boolean urlsAndMail) {
    List<Piece> pieces = new ArrayList<>();
    String whole = text.toString();
    int from = 0;
    for (String one : new Splitter(cut).split(whole)) {
      // A piece that repeats the end of the one before begins before its end.
      int at = whole.indexOf(one, Math.max(0, from - cut.overlap() - one.length()));
      Place place = placeAt(at < 0 ? from : at);
      from = at < 0 ? from : at + one.length();
      String clean = TextCleaner.clean(one, extraSpaces, urlsAndMail).strip();
      if (!clean.isEmpty()) {
        pieces.add(new Piece(place.heading(), clean, place.page()));
      }
    }
    return pieces;
  }

  private Place placeAt(int offset) {
    Map.Entry<Integer, Place> entry = places.floorEntry(offset);
    return entry == null ? new Place("", 0) : entry.getValue();
  }

  /** All of it. */
  public String text() {
    return text.toString();
  }
}
