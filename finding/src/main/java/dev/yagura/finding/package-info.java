/**
 * What a finding is: the shapes it comes in ({@link dev.yagura.finding.FindingReader}), what it
 * says ({@link dev.yagura.finding.Facts}), and which of its words are an attacker's ({@link
 * dev.yagura.finding.Untrusted}). Facts about GuardDuty come from guardduty.md, by section.
 */
@NullMarked
package dev.yagura.finding;

import org.jspecify.annotations.NullMarked;
