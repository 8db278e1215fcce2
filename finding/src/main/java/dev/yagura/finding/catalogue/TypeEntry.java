package dev.yagura.finding.catalogue;

/**
 * What the catalogue says about a type.
 *
 * @param type the name of the type
 * @param family the family it belongs to
 * @param headline what it says, in one plain sentence
 * @param sampleSeverity the severity of samples of this type; a real finding brings its own
 * @param known false for a type that is not in the catalogue
 */
public record TypeEntry(
    String type, String family, Bilingual headline, double sampleSeverity, boolean known) {}
