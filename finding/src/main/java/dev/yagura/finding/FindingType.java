package dev.yagura.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a type's name, {@code
 * ThreatPurpose:ResourceTypeAffected/ThreatFamilyName.DetectionMechanism!Artifact} (guardduty.md
 * §1). Parts of a name that does not follow this are empty.
 *
 * @param name as written
 * @param purpose for example {@code Trojan}
 * @param resource for example {@code EC2}
 * @param family for example {@code DGADomainRequest}
 * @param mechanism for example {@code C}
 * @param artifact for example {@code DNS}
 */
public record FindingType(
    String name,
    String purpose,
    String resource,
    String family,
    String mechanism,
    String artifact) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9]+):([A-Za-z0-9]+)/([A-Za-z0-9&]+)(?:\\.([A-Za-z0-9.]+))?(?:!([A-Za-z0-9.]+))?");

  public static FindingType of(String name) {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      return new FindingType(name, "", "", "", "", "");
    }
    return new FindingType(
        name,
        form.group(1),
        form.group(2),
        form.group(3),
        part(form.group(4)),
        part(form.group(5)));
  }

  private static String part(@Nullable String group) {
    return group == null ? "" : group;
  }

  /** Whether the name follows GuardDuty's grammar. */
  public boolean isWellFormed() {
    return !purpose.isEmpty();
  }

  @Override
  public String toString() {
    return name;
  }
}
