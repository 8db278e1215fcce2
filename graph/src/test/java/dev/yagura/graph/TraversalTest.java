package dev.yagura.graph;

import static dev.yagura.graph.testkit.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.graph.Node.Kind;
import dev.yagura.graph.testkit.Play;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** dify-contract §3.1 and §3.2, rule by rule. */
class TraversalTest {
  @Test
  void a_join_waits_for_all_branches() {
    var play =
        Play.of(graph().plain("a", "b", "join").chain("start>a>join").chain("start>b>join").build())
            .run();
    assertThat(play.succeeded()).containsExactly("start", "a", "b", "join");
    assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void a_branch_takes_the_edges_of_its_handle_and_skips_the_others_to_the_end() {
    Graph graph =
        graph()
            .node("if", Kind.BRANCH)
            .plain("yes", "no", "later", "join")
            .chain("start>if.true>yes>join")
            .chain("if.false>no>later>join")
            .build();
    var play = Play.of(graph).outcome("if", Outcome.Done.branch("true", Value.EMPTY)).run();
    assertThat(play.succeeded()).containsExactly("start", "if", "yes", "join");
    assertThat(play.skipped()).containsExactly("no", "later");
  }

  @Test
  void a_handle_without_an_edge_ends_that_path() {
    Graph graph = graph().node("if", Kind.BRANCH).plain("yes").chain("start>if.true>yes").build();
    var play = Play.of(graph).outcome("if", Outcome.Done.branch("other", Value.EMPTY)).run();
    assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(play.skipped()).containsExactly("yes");
  }

  @Test
  void a_branch_that_selects_nothing_fails_the_run() {
    Graph graph = graph().node("if", Kind.BRANCH).chain("start>if").build();
    var play = Play.of(graph).outcome("if", Outcome.Done.branch("", Value.EMPTY)).run();
    assertThat(play.state().failure().message())
        .isEqualTo("Branch node if completed without selecting a branch");
  }

  @Test
  void nodes_that_nothing_leads_to_are_skipped_up_front() {
    Graph graph =
        graph().plain("a", "lonely", "after").chain("start>a").chain("lonely>after").build();
    var play = Play.of(graph).run();
    assertThat(play.skipped()).containsExactly("lonely", "after");
  }

  @Test
  void a_cycle_never_becomes_ready_and_the_run_ends_without_it() {
    Graph graph = graph().plain("a", "b", "c").chain("start>a").chain("start>b>c>b").build();
    var play = Play.of(graph).run();
    assertThat(play.succeeded()).containsExactly("start", "a");
    assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void an_unhandled_failure_ends_the_run_and_late_answers_change_nothing() {
    Graph graph = graph().plain("a", "b", "after").chain("start>a>after").chain("start>b").build();
    var play = Play.of(graph).fails("a", "no disk").run();
    assertThat(play.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(play.state().failure().message()).isEqualTo("no disk");
    int before = play.events().size();
    play.signal(new Signal.Succeeded(Play.at("b"), 1, Outcome.Done.of(Value.EMPTY)));
    assertThat(play.events()).hasSize(before);
  }

  @Test
  void a_fail_branch_leads_around_the_failure_and_the_run_is_partly_successful() {
    Node risky = Node.of("risky", "tool", Kind.PLAIN).onError(new Node.OnError.FailBranch());
    Graph graph =
        graph()
            .node(risky)
            .plain("good", "rescue")
            .chain("start>risky>good")
            .chain("risky.fail-branch>rescue")
            .build();
    var failed = Play.of(graph).fails("risky", "no network").run();
    assertThat(failed.succeeded()).containsExactly("start", "rescue");
    assertThat(failed.state().status()).isEqualTo(RunStatus.PARTIAL_SUCCEEDED);
    assertThat(failed.state().exceptions()).isEqualTo(1);
    assertThat(failed.state().find("", sel("risky", "error_message")))
        .isEqualTo(Value.text("no network"));
    assertThat(failed.state().find("", sel("risky", "error_type")))
        .isEqualTo(Value.text("PlayedError"));
    assertThat(Play.of(graph).run().succeeded()).containsExactly("start", "risky", "good");
  }

  @Test
  void default_values_take_the_place_of_the_outputs() {
    Node risky =
        Node.of("risky", "tool", Kind.PLAIN)
            .onError(new Node.OnError.DefaultValue(Value.object("text", "nothing")));
    var play =
        Play.of(graph().node(risky).plain("next").chain("start>risky>next").build())
            .fails("risky", "x")
            .run();
    assertThat(play.succeeded()).containsExactly("start", "next");
    assertThat(play.state().find("", sel("risky", "text"))).isEqualTo(Value.text("nothing"));
    assertThat(play.state().find("", sel("risky", "error_message"))).isEqualTo(Value.text("x"));
  }

  @Test
  void retries_come_before_the_error_strategy_and_count_as_exceptions() {
    Node flaky =
        Node.of("flaky", "tool", Kind.PLAIN).retry(new Node.Retry(2, Duration.ofMillis(100)));
    Graph graph = graph().node(flaky).chain("start>flaky").build();
    var play =
        Play.of(graph)
            .script(
                "flaky",
                (state, order) ->
                    order.attempt() < 3
                        ? Play.fail(order, "busy")
                        : Play.succeed(order, Outcome.Done.of(Value.EMPTY)))
            .run();
    assertThat(play.state().status()).isEqualTo(RunStatus.PARTIAL_SUCCEEDED);
    assertThat(play.state().exceptions()).isEqualTo(2);
    assertThat(play.state().steps()).isEqualTo(4);
    assertThat(play.events())
        .contains(
            new RunEvent.TimerSet(new Timer.Retry(Play.at("flaky"), 2), Duration.ofMillis(100)));
    assertThat(Play.of(graph).fails("flaky", "busy").run().state().status())
        .isEqualTo(RunStatus.FAILED);
  }

  @Test
  void end_outputs_are_merged_and_answers_are_joined() {
    Graph graph =
        graph()
            .node("e1", Kind.END)
            .node("e2", Kind.END)
            .node("a1", Kind.ANSWER)
            .node("a2", Kind.ANSWER)
            .chain("start>e1")
            .chain("start>e2")
            .chain("start>a1>a2")
            .build();
    var play =
        Play.of(graph)
            .outcome("e1", Outcome.Done.of(Value.object("x", 1, "y", 1)))
            .outcome("e2", Outcome.Done.of(Value.object("y", 2)))
            .outcome("a1", Outcome.Done.of(Value.object("answer", "Good ")))
            .outcome("a2", Outcome.Done.of(Value.object("answer", "morning")))
            .run();
    assertThat(play.state().finished().outputs()).isEqualTo(Value.object("x", 1, "y", 2));
    assertThat(play.state().finished().answer()).isEqualTo("Good morning");
  }

  @Test
  void more_than_the_allowed_steps_abort_the_run() {
    Graph graph = graph().plain("a", "b").chain("start>a>b").build();
    var input =
        new RunInput(
            Value.EMPTY,
            Value.EMPTY,
            Value.EMPTY,
            Value.EMPTY,
            new Limits(2, 10, Duration.ofSeconds(1)));
    var play = Play.of(graph).run(input);
    assertThat(play.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(play.state().failure().message())
        .isEqualTo("Aborted: Maximum execution steps exceeded: 3 > 2");
  }

  @Test
  void the_deadline_fails_the_run() {
    Graph graph = graph().plain("slow").chain("start>slow").build();
    var play = Play.of(graph).start(RunInput.of(Value.EMPTY));
    play.signal(new Signal.TimerFired(new Timer.Deadline(0), Duration.ofMillis(1_200_340)));
    assertThat(play.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(play.state().failure().message())
        .isEqualTo("Aborted: Maximum execution time exceeded: 1200.34s > 1200s");
  }

  @Test
  void a_cancelled_run_keeps_what_its_end_nodes_have_output() {
    Graph graph =
        graph().node("e", Kind.END).plain("slow").chain("start>e").chain("start>slow").build();
    var play = Play.of(graph).start(RunInput.of(Value.EMPTY));
    play.signal(new Signal.Succeeded(Play.at("start"), 1, Outcome.Done.of(Value.EMPTY)));
    play.signal(new Signal.Succeeded(Play.at("e"), 1, Outcome.Done.of(Value.object("x", 1))));
    play.signal(new Signal.Cancelled("Stopped by user."));
    assertThat(play.state().status()).isEqualTo(RunStatus.STOPPED);
    assertThat(play.state().finished().outputs()).isEqualTo(Value.object("x", 1));
  }

  @Test
  void a_suspended_node_pauses_the_run_once_nothing_else_is_open_and_resumes_it() {
    Graph graph =
        graph()
            .plain("ask", "other", "after")
            .chain("start>ask>after")
            .chain("start>other")
            .build();
    var play =
        Play.of(graph)
            .script(
                "ask", (state, order) -> new Signal.Suspended(order.at(), order.attempt(), "form"))
            .run();
    assertThat(play.state().status()).isEqualTo(RunStatus.PAUSED);
    assertThat(play.state().suspended()).containsExactly(Play.at("ask"));
    play.signal(new Signal.Resumed(Play.at("ask"), Outcome.Done.of(Value.object("ok", true))));
    assertThat(play.state().status()).isEqualTo(RunStatus.RUNNING);
    play.signal(new Signal.Succeeded(Play.at("after"), 1, Outcome.Done.of(Value.EMPTY)));
    assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void a_run_starts_once() {
    var play = Play.of(graph().build()).start(RunInput.of(Value.EMPTY));
    assertThatThrownBy(() -> play.start(RunInput.of(Value.EMPTY)))
        .hasMessage("a run that is running takes no signal start");
  }

  @Test
  void ten_thousand_nodes_in_a_row_are_skipped_without_a_stack_overflow() {
    var builder = graph().node("if", Kind.BRANCH).chain("start>if.no>n0");
    for (int i = 0; i < 10_000; i++) {
      builder.plain("n" + i);
      if (i > 0) {
        builder.chain("n" + (i - 1) + ">n" + i);
      }
    }
    var play =
        Play.of(builder.build()).outcome("if", Outcome.Done.branch("yes", Value.EMPTY)).run();
    assertThat(play.skipped()).hasSize(10_000);
    assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void variables_are_found_by_node_name_and_nested_keys() {
    var play =
        Play.of(graph().plain("a").chain("start>a").build())
            .outcome("a", Outcome.Done.of(Value.object("json", Value.object("k", List.of(1)))))
            .run();
    assertThat(play.state().find("", sel("a", "json", "k"))).isEqualTo(Value.of(List.of(1)));
    assertThat(play.state().find("", sel("a", "json", "k", "0"))).isNull();
    assertThat(play.state().find("", sel("a"))).isNull();
    assertThat(play.state().find("", sel("b", "x"))).isNull();
  }

  @Test
  void the_deadline_from_before_a_pause_means_nothing_after_it() {
    Graph graph = graph().plain("ask", "after").chain("start>ask>after").build();
    var play =
        Play.of(graph)
            .script(
                "ask", (state, order) -> new Signal.Suspended(order.at(), order.attempt(), "form"))
            .run();
    play.signal(new Signal.Resumed(Play.at("ask"), Outcome.Done.of(Value.EMPTY)));
    assertThat(play.events())
        .contains(new RunEvent.TimerSet(new Timer.Deadline(1), Limits.DEFAULT.time()));
    play.signal(new Signal.TimerFired(new Timer.Deadline(0), Duration.ofHours(1)));
    assertThat(play.state().status()).isEqualTo(RunStatus.RUNNING);
    play.signal(new Signal.TimerFired(new Timer.Deadline(1), Duration.ofHours(1)));
    assertThat(play.state().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void an_edge_from_a_lonely_node_into_the_start_does_not_keep_the_run_from_starting() {
    Graph graph = graph().plain("a", "lonely").chain("start>a").chain("lonely>start").build();
    var play = Play.of(graph).run();
    assertThat(play.succeeded()).containsExactly("start", "a");
    assertThat(play.skipped()).containsExactly("lonely");
  }

  private static Selector sel(String... path) {
    return Selector.of(path);
  }
}
