package dev.yagura.connect.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pattern matches: the facts of guardduty.md §3.2, each seen. */
class EventPatternTest {
  private static final JsonMapper JSON = new JsonMapper();

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('`', '"'));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(text, broken);
    }
  }

  private static EventPattern pattern(String text) {
    return EventPattern.parse(text.replace('`', '"'));
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // numbers
        "{`s`:[5]} | {`s`:5} | true",
        "{`s`:[5]} | {`s`:5.0} | true",
        "{`s`:[{`numeric`:[`>=`,4,`<`,7]}]} | {`s`:4} | true",
        "{`s`:[{`numeric`:[`>=`,4,`<`,7]}]} | {`s`:6.9} | true",
        "{`s`:[{`numeric`:[`>=`,4,`<`,7]}]} | {`s`:7} | false",
        "{`s`:[{`numeric`:[`>=`,4]}]} | {`s`:`5`} | false",
        // exact
        "{`s`:[`High`]} | {`s`:`high`} | false",
        "{`s`:[false]} | {`s`:false} | true",
        "{`s`:[false]} | {`s`:`false`} | false",
        "{`s`:[`false`]} | {`s`:false} | false",
        "{`s`:[null]} | {`s`:null} | true",
        "{`s`:[null]} | {`s`:``} | false",
        "{`s`:[``]} | {`s`:null} | false",
        // prefix and suffix
        "{`s`:[{`prefix`:`Back`}]} | {`s`:`Backdoor:EC2/Spambot`} | true",
        "{`s`:[{`prefix`:`back`}]} | {`s`:`Backdoor:EC2/Spambot`} | false",
        "{`s`:[{`prefix`:{`equals-ignore-case`:`backdoor`}}]} | {`s`:`Backdoor:EC2/Spambot`} |"
            + " true",
        "{`s`:[{`suffix`:`!DNS`}]} | {`s`:`Trojan:EC2/DropPoint!DNS`} | true",
        "{`s`:[{`prefix`:`1`}]} | {`s`:12} | false",
        // anything-but
        "{`s`:[{`anything-but`:`a`}]} | {`s`:`b`} | true",
        "{`s`:[{`anything-but`:[`a`,`b`]}]} | {`s`:`b`} | false",
        "{`s`:[{`anything-but`:{`prefix`:`a`}}]} | {`s`:`ab`} | false",
        "{`s`:[{`anything-but`:{`suffix`:[`b`,`c`]}}]} | {`s`:`ab`} | false",
        "{`s`:[{`anything-but`:{`wildcard`:`a*c`}}]} | {`s`:`abc`} | false",
        "{`s`:[{`anything-but`:{`equals-ignore-case`:`A`}}]} | {`s`:`a`} | false",
        "{`s`:[{`anything-but`:`a`}]} | {`t`:1} | false",
        "{`s`:[{`anything-but`:`a`}]} | {`s`:null} | true",
        // exists: leaves only
        "{`s`:[{`exists`:true}]} | {`s`:null} | true",
        "{`s`:[{`exists`:true}]} | {`s`:{`t`:1}} | false",
        "{`s`:[{`exists`:true}]} | {`s`:[]} | false",
        "{`s`:[{`exists`:false}]} | {`s`:{`t`:1}} | true",
        "{`s`:[{`exists`:false}]} | {`s`:[]} | true",
        // the rest
        "{`s`:[{`wildcard`:`*:EC2/*`}]} | {`s`:`Backdoor:EC2/Spambot`} | true",
        "{`s`:[{`equals-ignore-case`:`HIGH`}]} | {`s`:`high`} | true",
        "{`s`:[{`cidr`:`10.0.0.0/8`}]} | {`s`:`10.1.2.3`} | true",
        "{`s`:[{`cidr`:`10.0.0.0/8`}]} | {`s`:`11.1.2.3`} | false",
        "{`s`:[{`cidr`:`2001:db8::/32`}]} | {`s`:`2001:db8::1`} | true",
        "{`$or`:[{`s`:[1]},{`t`:[1]}]} | {`t`:1} | true",
        "{`d`:{`$or`:[{`s`:[1]},{`t`:[1]}]}} | {`d`:{`t`:1}} | true",
        "{`d`:{`$or`:[{`s`:[1]},{`t`:[1]}]}} | {`d`:{`t`:2}} | false",
        // lists: any element, two fields in the same one
        "{`l`:[2]} | {`l`:[1,2]} | true",
        "{`l`:{`a`:[1],`b`:[1]}} | {`l`:[{`a`:1,`b`:1}]} | true",
        "{`l`:{`a`:[1],`b`:[1]}} | {`l`:[{`a`:1,`b`:2},{`a`:2,`b`:1}]} | false",
        "{`d.s`:[1]} | {`d`:{`s`:1}} | true",
      })
  void matches_as_eventbridge_does(String pattern, String event, boolean matches) {
    assertThat(pattern(pattern).matches(json(event))).isEqualTo(matches);
    assertThat(pattern(pattern).mismatches(json(event)).isEmpty()).isEqualTo(matches);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Empty objects are not allowed",
        "[] | it is no JSON object",
        "{`s`:5} | must be an object or an array",
        "{`s`:[]} | Empty arrays are not allowed",
        "{`s`:[[1]]} | line 1, column",
        "{`s`:[{`numeric`:[`>`]}]} | line 1, column",
        "{`s`:[{`anything-but`:{`suffix`:{`equals-ignore-case`:`a`}}}]} | line 1, column",
        "{`s`:[{`equals-ignore-case`:[`a`,`b`]}]} | line 1, column",
        "{`s`:[{`wildcard`:`a**b`}]} | expected",
        "{`s`:[1],`s`:[2]} | Duplicate field 's'",
        "{`s`:[1] | Unexpected end-of-input, line 1, column 9",
        "{`s`:[1]} {} | expected: a JSON object",
        "{`$or`:[{`s`:[1]}]} | at least 2",
      })
  void a_broken_pattern_is_refused_with_what_and_where(String pattern, String message) {
    assertThatThrownBy(() -> pattern(pattern))
        .hasMessageContaining("the pattern: ")
        .hasMessageContaining(message)
        .hasMessageContaining("expected: ");
  }

  @Test
  void a_pattern_that_is_too_much_is_refused() {
    assertThatThrownBy(() -> pattern("{`s`:[`" + "a".repeat(2_039) + "`]}"))
        .hasMessageContaining("2049 characters (expected: at most 2048");
    assertThat(pattern("{`s`:[`" + "a".repeat(2_038) + "`]}").text()).hasSize(2_048);
    var many = new StringBuilder("{");
    for (int i = 0; i < 40; i++) {
      many.append(i == 0 ? "" : ",")
          .append("`f")
          .append(i)
          .append("`:{`$or`:[{`a`:[1]},{`b`:[1]}]}");
    }
    assertThatThrownBy(() -> pattern(many.append("}").toString()))
        .hasMessageContaining("more than 1000 combinations");
    var wild = new StringBuilder("{`s`:[");
    for (int i = 0; i < 60; i++) {
      wild.append(i == 0 ? "" : ",").append("{`wildcard`:`*a").append(i).append("*`}");
    }
    assertThatThrownBy(() -> pattern(wild.append("]}").toString()))
        .hasMessageContaining("wildcards take too long");
  }

  @Test
  void an_event_with_very_long_lists_takes_no_time() {
    EventPattern pattern = pattern("{`l`:{`a`:[{`exists`:true}],`b`:[1],`c`:[1]}}");
    ObjectNode event = JSON.createObjectNode();
    for (int i = 0; i < 5_000; i++) {
      event.withArray("l").addObject().put("a", 1).put("b", 1).put("c", 2);
    }
    long begun = System.nanoTime();
    assertThat(pattern.matches(event)).isFalse();
    assertThat(pattern.mismatches(event))
        .singleElement()
        .asString()
        .contains("too long to compare");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_very_long_text_is_not_compared() {
    EventPattern pattern = pattern("{`s`:[{`wildcard`:`*a*a*a*a*b*`}]}");
    assertThat(pattern.matches(JSON.createObjectNode().put("s", "aaaa" + "b".repeat(49_996))))
        .isTrue();
    assertThat(pattern.matches(JSON.createObjectNode().put("s", "aaaa" + "b".repeat(49_997))))
        .isFalse();
  }

  @Test
  void says_which_field_does_not_match() {
    EventPattern pattern =
        pattern(
            "{`source`:[`aws.guardduty`],`detail`:{`severity`:[{`numeric`:[`>=`,4]}],"
                + "`type`:[{`prefix`:`Trojan`}],`$or`:[{`x`:[1]},{`y`:[1]}]}}");
    assertThat(
            pattern.mismatches(
                json("{`source`:`aws.guardduty`,`detail`:{`severity`:2,`x`:2,`l`:[]}}")))
        .containsExactly(
            "detail.severity is 2 (expected: [{\"numeric\":[\">=\",4]}])",
            "detail.type is missing (expected: [{\"prefix\":\"Trojan\"}])",
            "detail: none of the 2 alternatives of $or matches");
    assertThat(
            pattern("{`l`:{`a`:[1],`b`:[1]}}")
                .mismatches(json("{`l`:[{`a`:1,`b`:2},{`a`:2,`b`:1}]}")))
        .containsExactly(
            "each field matches alone, but not all of them in the same element of a list");
    assertThat(pattern("{`l`:[9]}").mismatches(json("{`l`:[1,2,3,4,`\\u001b[31m`]}")))
        .containsExactly("l is 1, 2, 3 and 2 more (expected: [9])");
    assertThat(pattern("{`l`:[9]}").mismatches(json("[]")))
        .containsExactly("the event is no object");
  }
}
