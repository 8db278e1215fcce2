package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Document.State;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Questions and answers that a model makes of a document. */
class QuestionMakingTest extends LibraryFixture {
  private static final String TEN = text(10);

  private final ConcurrentMap<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  private static String text(int parts) {
    var text = new StringBuilder();
    for (int i = 1; i <= parts; i++) {
      text.append("# Part ")
          .append(i)
          .append("\nThe plan of section number")
          .append(i)
          .append(".\n");
    }
    return text.toString();
  }

  private int count(String text) {
    return asked.computeIfAbsent(text, key -> new AtomicInteger()).incrementAndGet();
  }

  private static String pair(String text) {
    String number = text.replaceAll("(?s).*number(\\d+).*", "$1");
    return "Sure!\nQ1: 第" + number + "節は何ですか\nA1: 計画" + number + "です。\n   続き\n\nQ2:\nA2: none";
  }

  @Test
  void pairs_are_found_by_their_question_and_shown_with_their_answer() throws Exception {
    models.chat = QuestionMakingTest::pair;
    try (Library library = library()) {
      Base base = library.bases().named("GuardDuty");
      Document made = library.add(base, "a.md", file("a.md", TEN), questions("a.md")).document();
      assertThat(made.state()).isEqualTo(State.COMPLETED);
      assertThat(made.counts().segments()).isEqualTo(10);
      assertThat(made.counts().tokens()).isEqualTo(20_000);
      assertThat(made.counts().cost()).isCloseTo(0.11, within(1e-9));
      Hit hit = top(library, base, "第7節");
      assertThat(hit.content()).isEqualTo("question:第7節は何ですか \nanswer:計画7です。\n続き");
      assertThat(hit.heading()).isEqualTo("Part 7");
      Segment segment = library.editing().find(hit.segment()).orElseThrow();
      Segment unused = library.editing().edit(segment, "第7節とは", "改訂された計画です。", true, false);
      assertThat(top(library, base, "改訂された計画").answer()).isEqualTo("改訂された計画です。");
    }
  }

  @Test
  void a_part_that_fails_is_tried_again_and_then_named() throws Exception {
    models.chat =
        text -> {
          int times = count(text);
          if (text.contains("number3.")) {
            return "I will not.";
          }
          if (text.contains("number4.") && times < 3) {
            throw Failure.upstream("InvokeRateLimitError", "slow down", true).asException();
          }
          return pair(text);
        };
    try (Library library = library()) {
      Base base = library.bases().named("GuardDuty");
      Document made = library.add(base, "a.md", file("a.md", TEN), questions("a.md")).document();
      assertThat(made.state()).isEqualTo(State.COMPLETED);
      assertThat(made.counts().segments()).isEqualTo(9);
      assertThat(made.note())
          .isEqualTo(
              "1 part gave no questions (part 3: the model's answer holds no pairs Q1: … A1: …)");
      assertThat(asked.entrySet().stream().filter(one -> one.getKey().contains("number3.")))
          .allMatch(one -> one.getValue().get() == 3);
    }
  }

  @Test
  void nonsense_alone_ends_as_failed_with_the_reason() throws Exception {
    models.chat = text -> "nonsense";
    try (Library library = library()) {
      Base base = library.bases().named("GuardDuty");
      Document made = library.add(base, "a.md", file("a.md", TEN), questions("a.md")).document();
      assertThat(made.state()).isEqualTo(State.FAILED);
      assertThat(made.error()).contains("no questions could be made").contains("no pairs");
    }
  }

  @Test
  void after_a_stop_in_the_middle_no_part_is_asked_twice() throws Exception {
    parallel = 1;
    var reached = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    models.chat =
        text -> {
          int unused = count(text);
          if (text.contains("number6.") && reached.getCount() > 0) {
            reached.countDown();
            try {
              never.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
              throw Failure.upstream("InvokeConnectionError", "cut off", false).asException();
            }
          }
          return pair(text);
        };
    Base base;
    String id;
    try (Library library = library()) {
      base = library.bases().named("GuardDuty");
      id = library.accept(base, "a.md", file("a.md", TEN), questions("a.md")).document().id();
      reached.await();
      assertThat(library.document(id).orElseThrow().counts().done()).isEqualTo(5);
    }
    try (Library library = library()) {
      Document made = library.await(id);
      assertThat(made.state()).isEqualTo(State.COMPLETED);
      assertThat(made.counts().segments()).isEqualTo(10);
    }
    assertThat(asked.entrySet())
        .hasSize(10)
        .allMatch(one -> one.getValue().get() == (one.getKey().contains("number6.") ? 2 : 1));
  }

  @Test
  void a_budget_stops_it_and_more_money_goes_on() throws Exception {
    parallel = 1;
    models.chat =
        text -> {
          int unused = count(text);
          return pair(text);
        };
    try (Library library = library()) {
      Base base = library.bases().named("GuardDuty");
      Document paused =
          library.add(base, "a.md", file("a.md", TEN), questions("a.md").spending(0.03)).document();
      assertThat(paused.state()).isEqualTo(State.PAUSED);
      assertThat(paused.note()).contains("0.0330 USD are spent (limit: 0.0300)");
      assertThat(paused.counts().done()).isEqualTo(3);
      Document unused = library.resume(paused.id(), OptionalDouble.of(0));
      assertThat(library.await(paused.id()).counts().segments()).isEqualTo(10);
      assertThat(asked.values()).allMatch(times -> times.get() == 1);
    }
  }

  @Test
  void as_many_calls_run_at_once_as_are_allowed() throws Exception {
    parallel = 5;
    var together = new CountDownLatch(5);
    models.chat =
        text -> {
          together.countDown();
          try {
            together.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return pair(text);
        };
    try (Library library = library()) {
      Base base = library.bases().named("GuardDuty");
      assertThat(
              library
                  .add(base, "a.md", file("a.md", TEN), questions("a.md"))
                  .document()
                  .counts()
                  .segments())
          .isEqualTo(10);
    }
  }

  @Test
  void what_it_will_cost_is_said_before() throws Exception {
    try (Library library = library()) {
      QuestionEstimate about =
          library.estimate("a.md", file("a.md", "# 計画\n" + "手順です。".repeat(100)), questions("a.md"));
      assertThat(about.parts()).isEqualTo(1);
      assertThat(about.completionTokens()).isBetween(400L, 500L);
      assertThat(about.cost()).isGreaterThan(0);
      assertThat(List.of(about.model())).containsExactly("test/speaker");
    }
  }
}
