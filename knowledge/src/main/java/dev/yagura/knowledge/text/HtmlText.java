package dev.yagura.knowledge.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Pages of the web: what is read, without navigation, scripts and forms. Nothing is fetched. */
final class HtmlText implements TextExtractor {
  private static final String NOISE =
      "script,style,noscript,template,nav,header,footer,form,iframe,svg,[aria-hidden=true]";
  private static final Set<String> LEAVES =
      Set.of("p", "li", "pre", "blockquote", "dt", "dd", "table", "caption", "figcaption");

  @Override
  public Set<String> extensions() {
    return Set.of("html", "htm");
  }

  @Override
  public List<Block> read(String name, Path file) {
    Document page;
    try (var in = Files.newInputStream(file)) {
      page = Jsoup.parse(in, null, "");
    } catch (IOException unreadable) {
      throw Extractors.unusable(name, "cannot be read (" + unreadable.getMessage() + ")");
    }
    return blocks(page);
  }

  /** What a page says. */
  static List<Block> blocks(Document page) {
    page.select(NOISE).remove();
    List<Block> blocks = new ArrayList<>();
    Element main = page.selectFirst("main,article,[role=main]");
    collect(main == null ? page.body() : main, blocks);
    return blocks;
  }

  private static void collect(Element from, List<Block> blocks) {
    for (Element child : from.children()) {
      String tag = child.normalName();
      if (tag.matches("h[1-6]")) {
        add(blocks, tag.charAt(1) - '0', child.text());
      } else if (tag.equals("table")) {
        add(blocks, 0, table(child));
      } else if (tag.equals("pre")) {
        add(blocks, 0, child.wholeText().strip());
      } else if (LEAVES.contains(tag) || child.children().isEmpty()) {
        add(blocks, 0, (tag.equals("li") ? "- " : "") + child.text());
      } else {
        if (!child.ownText().isBlank()) {
          add(blocks, 0, child.ownText());
        }
        collect(child, blocks);
      }
    }
  }

  private static String table(Element table) {
    return table.select("tr").stream()
        .map(
            row ->
                row.select("th,td").stream().map(Element::text).collect(Collectors.joining(" | ")))
        .collect(Collectors.joining("\n"));
  }

  private static void add(List<Block> blocks, int level, String text) {
    if (!text.isBlank()) {
      blocks.add(new Block(level, text.strip(), 0));
    }
  }
}
