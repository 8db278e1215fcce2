package dev.yagura.server;

import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Bases.Bundled;
import dev.yagura.knowledge.text.Block;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.knowledge.text.Segmenter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The handbook that comes with the product, as a read-only knowledge base: for each family of
 * findings what it means, how it is verified, contained, eradicated and recovered from. A page in
 * each language; all of it is found by the names of its finding types.
 */
public final class Handbook {
  public static final Base BASE =
      Base.of("00000000-0000-4000-8000-0000000ba4d8", "GuardDuty handbook", Instant.EPOCH);

  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+:[^`]+)`");

  private Handbook() {}

  /** All pages, in both languages. */
  public static List<Bundled> pages(Catalogue catalogue) {
    Set<String> types = new LinkedHashSet<>(catalogue.typeNames());
    List<Bundled> pages = new ArrayList<>();
    for (String name : text("pages.txt").split("\\R")) {
      for (String language : List.of("en", "ja")) {
        String file = language + "/" + name + ".md";
        pages.add(page(file, Extractors.markdown(text(file)), types));
      }
    }
    return pages;
  }

  private static Bundled page(String name, List<Block> blocks, Set<String> types) {
    Set<String> found = new LinkedHashSet<>();
    List<Block> rest = new ArrayList<>();
    int section = 0;
    for (Block block : blocks) {
      section += block.level() == 2 ? 1 : 0;
      // The first section lists the types: they are what the others are found by.
      Matcher names = NAME.matcher(section == 1 ? block.text() : "");
      boolean any = false;
      while (names.find()) {
        any |= types.contains(names.group(1)) && found.add(names.group(1));
      }
      if (!any) {
        rest.add(block);
      }
    }
    return new Bundled(name, Segmenter.segment(rest), new ArrayList<>(found));
  }

  private static String text(String file) {
    try (InputStream in = Handbook.class.getResourceAsStream("/handbook/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the handbook has no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
