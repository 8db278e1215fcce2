package dev.yagura.server.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.connect.rule.EventPattern;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.rule.Rule.Action;
import dev.yagura.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rule takes a finding, at which time. */
class RulesTest {
  private static final JsonNode EVENT = new Samples(Catalogue.load()).event("Trojan:EC2/DropPoint");
  private static final EventPattern TROJANS =
      EventPattern.parse("{\"detail\":{\"type\":[{\"prefix\":\"Trojan:\"}]}}");
  private static final EventPattern OTHERS =
      EventPattern.parse("{\"detail\":{\"type\":[{\"prefix\":\"Recon:\"}]}}");

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-24T00:00:00Z");
  private final InstantSource clock = () -> now;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Rules rules() {
    return new Rules(new JsonRecords(store.records(), "rule"), clock);
  }

  private Rule suppression(Duration time) {
    return new Rule(
        "quiet", Rule.ORDER, TROJANS, new Action.Suppress(now.plus(time), "pentest", "red team"));
  }

  @Test
  void the_lowest_order_counts_then_the_name() {
    Rules rules = rules();
    rules.put(new Rule("b", 5, TROJANS, new Action.Workflow("two")));
    rules.put(new Rule("c", 4, OTHERS, new Action.Ignore()));
    assertThat(Ruling.ofFinding(rules, EVENT, "")).isEqualTo(new Ruling.Explained("two"));
    rules.put(new Rule("a", 5, TROJANS, new Action.Workflow("one")));
    assertThat(Ruling.ofFinding(rules, EVENT, "")).isEqualTo(new Ruling.Explained("one"));
    rules.put(new Rule("z", 1, TROJANS, new Action.Ignore()));
    assertThat(Ruling.ofFinding(rules, EVENT, "")).isEqualTo(new Ruling.Exempt("z", false, ""));
    assertThat(Ruling.ofFinding(rules, EVENT, "own"))
        .as("the key of an app chooses its workflow")
        .isEqualTo(new Ruling.Explained("own"));
    rules.remove("z");
    rules.remove("a");
    rules.remove("b");
    assertThat(Ruling.ofFinding(rules(), EVENT, "")).isEqualTo(new Ruling.Explained(""));
  }

  @Test
  void a_suppression_comes_first_counts_for_every_key_and_ends() {
    Rules rules = rules();
    rules.put(new Rule("a", 0, TROJANS, new Action.Workflow("one")));
    rules.put(suppression(Duration.ofHours(1)));
    var quiet = new Ruling.Exempt("quiet", true, "pentest");
    assertThat(Ruling.ofFinding(rules, EVENT, "")).isEqualTo(quiet);
    assertThat(Ruling.ofFinding(rules, EVENT, "own")).isEqualTo(quiet);
    assertThat(rules.all().getFirst().name()).isEqualTo("quiet");
    now = now.plus(Duration.ofHours(1));
    assertThat(Ruling.ofFinding(rules, EVENT, "")).isEqualTo(new Ruling.Explained("one"));
    assertThat(rules.isActive(rules.all().getFirst())).isFalse();
    assertThat(rules().all()).as("an expired one is kept and shown").hasSize(2);
  }

  @Test
  void what_is_kept_is_read_again() {
    for (Ruling ruling :
        new Ruling[] {
          new Ruling.Explained(""),
          new Ruling.Explained("5b1f"),
          new Ruling.Event("5b1f"),
          new Ruling.Exempt("a", true, "because of \"x\": y\n"),
          new Ruling.Exempt("a", false, "")
        }) {
      assertThat(Ruling.of(ruling.kept())).isEqualTo(ruling);
    }
    assertThat(Ruling.of("exempt:{broken"))
        .as("rather an alert")
        .isEqualTo(new Ruling.Explained(""));
  }

  @Test
  void a_rule_that_cannot_be_read_lets_alerts_out_and_the_others_count() {
    rules().put(new Rule("good", 5, TROJANS, new Action.Workflow("one")));
    store.records().put("rule", "bad", "{\"action\":\"ignore\",\"order\":1,\"pattern\":\"{\"}");
    store
        .records()
        .put(
            "rule",
            "worse",
            TROJANS.json().put("action", "suppress").put("pattern", TROJANS.text()).toString());
    assertThat(rules().all()).extracting(Rule::name).containsExactly("good");
  }

  @Test
  void a_wrong_rule_is_refused_with_what_was_expected() {
    Rules rules = rules();
    assertThatThrownBy(() -> rules.put(suppression(Duration.ZERO)))
        .hasMessageContaining("later than now, by at most 366 days");
    assertThatThrownBy(() -> rules.put(suppression(Duration.ofDays(367))))
        .hasMessageContaining("at most 366 days");
    assertThatThrownBy(() -> new Action.Suppress(now, " ", ""))
        .hasMessageContaining("reason: is missing");
    assertThatThrownBy(() -> new Rule("a b", 1, TROJANS, new Action.Ignore()))
        .hasMessageContaining("name: 'a b' (expected: letters");
    assertThatThrownBy(() -> new Rule("a", -1, TROJANS, new Action.Ignore()))
        .hasMessageContaining("order: -1 (expected: 0 to");
    rules.put(new Rule("mining", 1, TROJANS, new Action.Ignore()));
    assertThatThrownBy(() -> rules.remove("minin"))
        .hasMessageContaining("there is no rule 'minin' (did you mean mining?)");
    for (int i = 1; i < Rules.MOST; i++) {
      rules.put(new Rule("r" + i, 1, TROJANS, new Action.Ignore()));
    }
    assertThatThrownBy(() -> rules.put(new Rule("more", 1, TROJANS, new Action.Ignore())))
        .hasMessageContaining("there are 100 (expected: at most that");
    assertThat(rules.put(new Rule("r1", 2, TROJANS, new Action.Ignore()))).isTrue();
  }
}
