package dev.yagura.graph;

import static dev.yagura.graph.testkit.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.graph.Node.Kind;
import dev.yagura.graph.Outcome.OnRoundError;
import dev.yagura.graph.testkit.Graphs;
import dev.yagura.graph.testkit.Play;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Iterations and loops (dify-contract §2.15, §2.16). */
class ContainerTest {
  private static Graphs iteration() {
    return graph()
        .container("it")
        .inside("it", "work", Kind.PLAIN)
        .chain("itstart>work")
        .plain("after")
        .chain("start>it>after");
  }

  private static Outcome.Iterate over(int parallel, OnRoundError onError, Object... items) {
    return new Outcome.Iterate(
        ((Value.Array) Value.of(List.of(items))).items(),
        parallel,
        onError,
        Selector.of("work", "out"),
        true);
  }

  private static Play.Script doubled() {
    return (state, order) -> {
      var item = (Value.Int) state.find(order.at().frame(), Selector.of("it", "item"));
      return Play.succeed(order, Outcome.Done.of(Value.object("out", item.value() * 2)));
    };
  }

  private static Value output(Play play) {
    return play.state().find("", Selector.of("it", "output"));
  }

  @Test
  void an_iteration_runs_a_round_per_item_and_collects_in_order() {
    var play =
        Play.of(iteration().build())
            .outcome("it", over(1, OnRoundError.TERMINATE, 1, 2, 3))
            .script("work", doubled())
            .run();
    assertThat(output(play)).isEqualTo(Value.of(List.of(2, 4, 6)));
    assertThat(play.succeeded())
        .containsExactly(
            "start",
            "/it#0:itstart",
            "/it#0:work",
            "/it#1:itstart",
            "/it#1:work",
            "/it#2:itstart",
            "/it#2:work",
            "it",
            "after");
    assertThat(play.state().steps()).isEqualTo(3);
  }

  @Test
  void parallel_rounds_are_collected_in_order_whatever_order_they_end_in() {
    for (int seed = 0; seed < 50; seed++) {
      var play =
          Play.of(iteration().build())
              .outcome("it", over(3, OnRoundError.TERMINATE, 1, 2, 3, 4, 5, 6, 7))
              .script("work", doubled())
              .shuffled(new Random(seed));
      assertThat(output(play)).isEqualTo(Value.of(List.of(2, 4, 6, 8, 10, 12, 14)));
    }
  }

  @Test
  void no_more_rounds_are_open_than_allowed() {
    var play =
        Play.of(iteration().build())
            .outcome("it", over(2, OnRoundError.TERMINATE, 1, 2, 3))
            .start(RunInput.of(Value.EMPTY));
    play.signal(new Signal.Succeeded(Play.at("start"), 1, Outcome.Done.of(Value.EMPTY)));
    play.signal(new Signal.Succeeded(Play.at("it"), 1, over(2, OnRoundError.TERMINATE, 1, 2, 3)));
    assertThat(play.state().scheduled()).hasSize(2);
  }

  private static Play failingOnTwo(int parallel, OnRoundError onError) {
    return Play.of(iteration().build())
        .outcome("it", over(parallel, onError, 1, 2, 3))
        .script(
            "work",
            (state, order) ->
                order.at().frame().endsWith("#1")
                    ? Play.fail(order, "two is bad")
                    : doubled().apply(state, order))
        .run();
  }

  @Test
  void a_failed_round_ends_the_iteration_or_leaves_null_or_leaves_nothing() {
    var terminated = failingOnTwo(1, OnRoundError.TERMINATE);
    assertThat(terminated.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(terminated.state().failure().message()).isEqualTo("two is bad");
    var continued = failingOnTwo(3, OnRoundError.CONTINUE);
    assertThat(output(continued))
        .isEqualTo(Value.array(Value.integer(2), Value.NULL, Value.integer(6)));
    assertThat(continued.state().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(output(failingOnTwo(1, OnRoundError.REMOVE))).isEqualTo(Value.of(List.of(2, 6)));
  }

  @Test
  void parallel_rounds_keep_real_nulls_when_failed_ones_are_removed() {
    var play =
        Play.of(iteration().build())
            .outcome("it", over(3, OnRoundError.REMOVE, 1, 2, 3))
            .script("work", (state, order) -> Play.succeed(order, Outcome.Done.of(Value.EMPTY)))
            .run();
    assertThat(output(play)).isEqualTo(Value.array(Value.NULL, Value.NULL, Value.NULL));
  }

  @Test
  void lists_of_lists_are_joined_unless_told_otherwise() {
    var items = List.of(Value.of(List.of(1, 2)), Value.of(List.of(3)));
    var nested =
        new Outcome.Iterate(items, 1, OnRoundError.TERMINATE, Selector.of("it", "item"), true);
    assertThat(output(Play.of(iteration().build()).outcome("it", nested).run()))
        .isEqualTo(Value.of(List.of(1, 2, 3)));
    var kept =
        new Outcome.Iterate(items, 1, OnRoundError.TERMINATE, Selector.of("it", "item"), false);
    assertThat(output(Play.of(iteration().build()).outcome("it", kept).run()))
        .isEqualTo(new Value.Array(items));
  }

  @Test
  void an_iteration_over_nothing_outputs_nothing() {
    var play = Play.of(iteration().build()).outcome("it", over(1, OnRoundError.TERMINATE)).run();
    assertThat(output(play)).isEqualTo(Value.array());
    assertThat(play.succeeded()).containsExactly("start", "it", "after");
  }

  @Test
  void a_failing_iteration_takes_its_own_fail_branch() {
    Node it = Node.of("it", "iteration", Kind.CONTAINER).onError(new Node.OnError.FailBranch());
    Graph graph =
        graph()
            .node(it)
            .inside("it", "itstart", Kind.START)
            .inside("it", "work", Kind.PLAIN)
            .plain("rescue")
            .chain("itstart>work")
            .chain("start>it.fail-branch>rescue")
            .build();
    var play =
        Play.of(graph)
            .outcome("it", over(3, OnRoundError.TERMINATE, 1, 2, 3))
            .fails("work", "bad")
            .run();
    assertThat(play.succeeded()).endsWith("rescue");
    assertThat(play.state().status()).isEqualTo(RunStatus.PARTIAL_SUCCEEDED);
  }

  private static Graphs loop() {
    return graph()
        .container("lp")
        .inside("lp", "add", Kind.PLAIN)
        .chain("lpstart>add")
        .node("end", Kind.END)
        .chain("start>lp>end");
  }

  private static Play.Script addOne() {
    return (state, order) -> {
      var n = (Value.Int) state.find(order.at().frame(), Selector.of("lp", "n"));
      return Play.succeed(
          order,
          Outcome.Done.of(Value.EMPTY)
              .writes(
                  List.of(
                      new Outcome.Write(Selector.of("lp", "n"), Value.integer(n.value() + 1)))));
    };
  }

  @Test
  void a_loop_carries_its_variables_from_round_to_round() {
    var play =
        Play.of(loop().build())
            .outcome("lp", new Outcome.Loop(Value.object("n", 0), 4, false))
            .script("add", addOne())
            .run();
    assertThat(play.state().find("", Selector.of("lp", "n"))).isEqualTo(Value.integer(4));
    assertThat(play.state().find("", Selector.of("lp", "loop_round"))).isEqualTo(Value.integer(4));
  }

  @Test
  void a_loop_that_asks_stops_when_it_says_so() {
    var play =
        Play.of(loop().build())
            .script(
                "lp",
                (state, order) -> {
                  if (order.at().frame().isEmpty()) {
                    return Play.succeed(order, new Outcome.Loop(Value.object("n", 0), 10, true));
                  }
                  var n = (Value.Int) state.find(order.at().frame(), Selector.of("lp", "n"));
                  return Play.succeed(order, new Outcome.Round(n.value() == 3));
                })
            .script("add", addOne())
            .run();
    assertThat(play.state().find("", Selector.of("lp", "loop_round"))).isEqualTo(Value.integer(3));
    assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void a_question_that_fails_fails_the_loop() {
    var play =
        Play.of(loop().build())
            .script(
                "lp",
                (state, order) ->
                    order.at().frame().isEmpty()
                        ? Play.succeed(order, new Outcome.Loop(Value.object("n", 0), 10, true))
                        : Play.fail(order, "no such variable"))
            .script("add", addOne())
            .run();
    assertThat(play.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(play.state().failure().message()).isEqualTo("no such variable");
  }

  @Test
  void loop_end_lets_the_round_finish_and_then_stops() {
    Graph graph = loop().inside("lp", "stop", Kind.LOOP_END).chain("lpstart>stop").build();
    var play =
        Play.of(graph)
            .outcome("lp", new Outcome.Loop(Value.object("n", 0), 10, true))
            .script("add", addOne())
            .run();
    assertThat(play.state().find("", Selector.of("lp", "n"))).isEqualTo(Value.integer(1));
    assertThat(play.state().find("", Selector.of("lp", "loop_round"))).isEqualTo(Value.integer(1));
  }

  @Test
  void answers_inside_loops_are_heard_and_inside_iterations_are_not() {
    Graph loop =
        graph()
            .container("lp")
            .inside("lp", "say", Kind.ANSWER)
            .chain("lpstart>say")
            .chain("start>lp")
            .build();
    var heard =
        Play.of(loop)
            .outcome("lp", new Outcome.Loop(Value.EMPTY, 3, false))
            .outcome("say", Outcome.Done.of(Value.object("answer", "hm ")))
            .run();
    assertThat(heard.state().answer()).isEqualTo("hm hm hm ");
    Graph iteration =
        graph()
            .container("it")
            .inside("it", "work", Kind.ANSWER)
            .chain("itstart>work")
            .chain("start>it")
            .build();
    var unheard =
        Play.of(iteration)
            .outcome("it", over(1, OnRoundError.TERMINATE, 1, 2))
            .outcome("work", Outcome.Done.of(Value.object("answer", "hm ")))
            .run();
    assertThat(unheard.state().answer()).isEmpty();
  }

  @Test
  void conversation_variables_written_in_a_round_are_kept_after_it() {
    var play =
        Play.of(iteration().build())
            .outcome("it", over(1, OnRoundError.TERMINATE, 1, 2))
            .script(
                "work",
                (state, order) ->
                    Play.succeed(
                        order,
                        Outcome.Done.of(Value.EMPTY)
                            .writes(
                                List.of(
                                    new Outcome.Write(
                                        Selector.of("conversation", "last"),
                                        Value.text(order.at().frame()))))))
            .run();
    assertThat(play.state().find("", Selector.of("conversation", "last")))
        .isEqualTo(Value.text("/it#1"));
  }

  @Test
  void containers_nest() {
    Graph graph =
        graph()
            .container("outer")
            .node(Node.of("inner", "iteration", Kind.CONTAINER).inside("outer"))
            .node(Node.of("innerstart", "start", Kind.START).inside("inner"))
            .inside("inner", "work", Kind.PLAIN)
            .chain("outerstart>inner")
            .chain("innerstart>work")
            .chain("start>outer")
            .build();
    var two = ((Value.Array) Value.of(List.of(1, 2))).items();
    for (int seed = 0; seed < 30; seed++) {
      var play =
          Play.of(graph)
              .outcome(
                  "outer",
                  new Outcome.Iterate(
                      two, 2, OnRoundError.TERMINATE, Selector.of("inner", "output"), true))
              .outcome(
                  "inner",
                  new Outcome.Iterate(
                      two, 2, OnRoundError.TERMINATE, Selector.of("work", "out"), true))
              .script(
                  "work",
                  (state, order) -> {
                    String frame = order.at().frame();
                    var outer = (Value.Int) state.find(frame, Selector.of("outer", "item"));
                    var inner = (Value.Int) state.find(frame, Selector.of("inner", "item"));
                    return Play.succeed(
                        order,
                        Outcome.Done.of(Value.object("out", outer.value() * 10 + inner.value())));
                  })
              .shuffled(new Random(seed));
      assertThat(play.state().find("", Selector.of("outer", "output")))
          .isEqualTo(Value.of(List.of(11, 12, 21, 22)));
    }
  }

  @Test
  void a_failing_round_closes_the_rounds_inside_its_siblings() {
    var play =
        Play.of(iteration().build())
            .outcome("it", over(3, OnRoundError.TERMINATE, 1, 2, 3))
            .fails("work", "bad")
            .run();
    assertThat(play.state().scheduled()).isEmpty();
    assertThat(play.events().stream().filter(RunEvent.FrameClosed.class::isInstance).count())
        .isEqualTo(3);
  }
}
