package dev.yagura.server;

import dev.yagura.finding.FindingType;
import dev.yagura.finding.Language;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.catalogue.Family;
import dev.yagura.finding.catalogue.TypeEntry;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Bases.Bundled;
import dev.yagura.knowledge.text.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The catalogue of finding types as a knowledge base that comes with the product, read-only. */
public final class CatalogueKnowledge {
  public static final Base BASE =
      Base.of("00000000-0000-4000-8000-00000000c47a", "GuardDuty catalogue", Instant.EPOCH);

  /** The name of its document. */
  public static final String DOCUMENT = "GuardDuty finding types";

  private CatalogueKnowledge() {}

  /** The catalogue as a document. */
  public static List<Bundled> documents(Catalogue catalogue) {
    return List.of(new Bundled(DOCUMENT, pieces(catalogue), List.of()));
  }

  /** What leads from a sentence to the types that it may be about; in no list of bases. */
  public static Bundled phrases(Catalogue catalogue) {
    List<Piece> pieces = new ArrayList<>();
    catalogue
        .phrases()
        .forEach(
            (name, phrases) -> {
              TypeEntry entry = catalogue.entry(FindingType.of(name));
              for (Language language : Language.values()) {
                pieces.add(
                    new Piece(
                        name, entry.headline().in(language) + "\n" + phrases.in(language), 0));
              }
            });
    return new Bundled("phrases", pieces, List.of());
  }

  /** A segment for each type in each language: what it says, why it matters, how to check it. */
  public static List<Piece> pieces(Catalogue catalogue) {
    List<Piece> pieces = new ArrayList<>();
    for (String name : catalogue.typeNames()) {
      TypeEntry entry = catalogue.entry(FindingType.of(name));
      Family family = catalogue.family(entry.family());
      for (Language language : Language.values()) {
        pieces.add(
            new Piece(
                name,
                String.join(
                    "\n",
                    entry.headline().in(language),
                    family.why().in(language),
                    family.harmless().in(language),
                    family.check().text().in(language)),
                0));
      }
    }
    return pieces;
  }
}
