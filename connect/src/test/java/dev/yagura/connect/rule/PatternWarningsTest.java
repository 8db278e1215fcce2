package dev.yagura.connect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Problem;
import dev.yagura.finding.catalogue.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern that never matches is warned about, and one that is right is not. */
class PatternWarningsTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static List<String> warnings(String pattern) {
    return EventPattern.parse(pattern.replace('`', '"')).warnings(CATALOGUE).stream()
        .map(Problem::toString)
        .toList();
  }

  private static String finding(String detail) {
    return "{`source`:[`aws.guardduty`],`detail-type`:[`GuardDuty Finding`],`detail`:"
        + detail
        + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{`severity`:[{`numeric`:[`>=`,4]}]}",
        "{`severity`:[4,4.0,4.1,8]}",
        "{`type`:[{`prefix`:`CryptoCurrency:`},{`wildcard`:`*:EC2/*`},`Trojan:EC2/DropPoint!DNS`]}",
        "{`type`:[{`anything-but`:{`prefix`:`Recon:`}}],`accountId`:[`123456789012`]}",
        "{`resource`:{`instanceDetails`:{`tags`:{`key`:[`env`],`value`:[`test`]}}}}",
        "{`resource`:{`rdsDbUserDetails`:{`user`:[`x`]}},`service`:{`archived`:[false]}}",
        "{`service`:{`action`:{`rdsLoginAttemptAction`:{`LoginAttributes`:{`user`:[`a`]}}}}}",
        "{`service`:{`additionalInfo`:{`Anything`:[1]}},`associatedAttackSequenceArn`:[{`exists`:true}]}",
        "{`$or`:[{`severity`:[{`numeric`:[`>=`,7]}]},{`type`:[{`prefix`:`Stealth:`}]}]}",
        "{`resource`:{`aFieldOfTomorrow`:{`x`:[1]}}}",
      })
  void a_right_pattern_has_none(String detail) {
    assertThat(warnings(finding(detail))).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{`Severity`:[5]} | detail.Severity: findings on the wire have small first letters",
        "{`resource`:{`ResourceType`:[`Instance`]}} | did you mean resourceType?",
        "{`severity`:[`5`]} | the field is a number: \"5\" never matches",
        "{`severity`:[`HIGH`]} | the field is a number: \"HIGH\" never matches",
        "{`severity`:[{`prefix`:`5`}]} | never matches (expected: {\"numeric\"",
        "{`severity`:[{`anything-but`:`5`}]} | always matches",
        "{`severity`:[40]} | is no severity (expected: 1 to 10)",
        "{`accountId`:[123456789012]} | the field is a text: 123456789012 never matches",
        "{`service`:{`archived`:[`false`]}} | the field is true or false",
        "{`sevrity`:[5]} | detail.sevrity: no finding is known to have 'sevrity' there (did you"
            + " mean severity?)",
        "{`findingType`:[`x`]} | no finding is known to have 'findingType' there",
        "{`resource`:{`instanceDetail`:{`imageId`:[`x`]}}} | did you mean instanceDetails?",
        "{`resource`:{`instanceDetails`:[{`exists`:true}]}} | exists:true never matches",
        "{`resource`:{`instanceDetails`:[{`exists`:false}]}} | exists:false always matches",
        "{`type`:[`Trojan:EC2/DropPoint!DMS`]} | (did you mean Trojan:EC2/DropPoint!DNS?)",
        "{`type`:[{`prefix`:`Cryptocurrency:`}]} | is no type of the catalogue",
      })
  void what_never_matches_is_named(String detail, String warning) {
    assertThat(warnings(finding(detail))).singleElement().asString().contains(warning);
  }

  @Test
  void the_envelope_is_looked_at() {
    assertThat(warnings("{`source`:[`aws.guardduty`]}"))
        .singleElement()
        .asString()
        .contains("detail-type: is missing: scan results");
    assertThat(warnings("{`detail-type`:[`GuardDuty Finding`]}"))
        .singleElement()
        .asString()
        .contains("source: is missing");
    assertThat(warnings("{`source`:[`aws.guardduty`],`detail-type`:[`Guardduty finding`]}"))
        .singleElement()
        .asString()
        .contains("(did you mean GuardDuty Finding?)");
    assertThat(warnings("{`source`:[`aws.guardduty`],`detailType`:[`GuardDuty Finding`]}"))
        .anyMatch(warning -> warning.contains("detailType: no event has this field"));
    assertThat(
            warnings(
                "{`source`:[`aws.guardduty`],`detail-type`:[`GuardDuty Finding`],`id`:[`x`],"
                    + "`account`:[123456789012]}"))
        .hasSize(2)
        .anyMatch(warning -> warning.contains("id: a finding is kept without it"))
        .anyMatch(warning -> warning.contains("account: the field is a text"));
  }

  @Test
  void patterns_for_other_events_are_left_alone() {
    assertThat(
            warnings(
                "{`source`:[`aws.securityhub`],`detail-type`:[`Security Hub Findings - Imported`],"
                    + "`detail`:{`findings`:{`Severity`:{`Label`:[`HIGH`]}}}}"))
        .isEmpty();
    assertThat(
            warnings(
                "{`source`:[`aws.guardduty`],"
                    + "`detail-type`:[`GuardDuty Malware Protection Object Scan Result`],"
                    + "`detail`:{`scanStatus`:[`COMPLETED`]}}"))
        .isEmpty();
  }
}
