package dev.yagura.finding.catalogue;

import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingType;
import dev.yagura.finding.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every known type of finding with its explanation. A family's file is read when a finding of that
 * family is first explained, because most runs of the command line need one of them only.
 */
public final class Catalogue {
  private static final String UNKNOWN = "unknown";

  private final Map<String, TypeEntry> types;
  private final Map<String, Family> families = new ConcurrentHashMap<>();
  private volatile @Nullable Playbook playbook;

  private Catalogue(Map<String, TypeEntry> types) {
    this.types = types;
  }

  /** Reads the list of types. */
  public static Catalogue load() {
    Map<String, TypeEntry> types = new LinkedHashMap<>();
    for (String line : CatalogueFiles.lines("types.tsv")) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] cells = line.split("\t", -1);
        types.put(
            cells[0],
            new TypeEntry(
                cells[0],
                cells[1],
                new Bilingual(cells[2], cells[3]),
                Double.parseDouble(cells[4]),
                true));
      }
    }
    return new Catalogue(Collections.unmodifiableMap(types));
  }

  /** What people say when they mean a type, without its name; for searching. */
  public Map<String, Bilingual> phrases() {
    Map<String, Bilingual> phrases = new LinkedHashMap<>();
    for (String line : CatalogueFiles.lines("phrases.tsv")) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] cells = line.split("\t", -1);
        phrases.put(cells[0], new Bilingual(cells[1], cells[2]));
      }
    }
    return Collections.unmodifiableMap(phrases);
  }

  /** The names of all known types. */
  public Set<String> typeNames() {
    return types.keySet();
  }

  /** The entry of a type; one that says so where the type is unknown. */
  public TypeEntry entry(FindingType type) {
    TypeEntry entry = types.get(type.name());
    return entry != null
        ? entry
        : new TypeEntry(
            type.name(),
            nearestFamily(type),
            new Bilingual(
                "GuardDuty reports a threat of a type that is new to this catalogue",
                "GuardDuty が、カタログにまだない新しいタイプの脅威を報告しました"),
            5,
            false);
  }

  /**
   * An unknown type is explained like a known one of the same purpose and resource, where all of
   * those are alike.
   */
  private String nearestFamily(FindingType type) {
    if (!type.isWellFormed()) {
      return UNKNOWN;
    }
    String prefix = type.purpose() + ":" + type.resource() + "/";
    List<String> candidates =
        types.values().stream()
            .filter(entry -> entry.type().startsWith(prefix))
            .map(TypeEntry::family)
            .distinct()
            .toList();
    return candidates.size() == 1 ? candidates.getFirst() : UNKNOWN;
  }

  /**
   * The first line of a finding: what its type says, turned round when our own machine is the one
   * that attacks.
   */
  public Bilingual headline(Finding finding) {
    FindingType type = finding.type();
    if (type.family().endsWith("BruteForce") && finding.role().equals("ACTOR")) {
      return new Bilingual(
          "A server of yours is guessing passwords on other machines",
          "自社のサーバーが、他のホストのパスワードを総当たりしています");
    }
    return entry(type).headline();
  }

  /**
   * The family that explains a finding. A brute force or probe that our own machine makes is
   * explained as an attack of ours (guardduty.md §2.5, resourceRole).
   */
  public Family family(Finding finding) {
    String id = entry(finding.type()).family();
    return family(id.equals("ec2-exposed") && finding.role().equals("ACTOR") ? "ec2-attacks" : id);
  }

  public Family family(String id) {
    return families.computeIfAbsent(id, CatalogueFiles::family);
  }

  /**
   * What to do, for a resource of this kind and credentials of this type (a key of {@code
   * kinds.principal}).
   */
  public List<Step> steps(Family family, Resource.Kind kind, String principal) {
    Playbook book = playbook();
    List<Step> steps = new ArrayList<>();
    for (String name : family.steps()) {
      Step step = book.step(name, kind, principal);
      if (steps.stream().noneMatch(step::equals)) {
        steps.add(step);
      }
    }
    return steps;
  }

  private Playbook playbook() {
    Playbook loaded = playbook;
    if (loaded == null) {
      loaded = CatalogueFiles.playbook();
      playbook = loaded;
    }
    return loaded;
  }
}
