package dev.yagura.graph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.yagura.graph.testkit.Graphs;
import dev.yagura.graph.testkit.Play;
import dev.yagura.graph.value.Value;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The core has no clock, I/O, randomness, threads or logger, and nothing whose order is undefined;
 * planted faults are caught.
 */
class PurityTest {
  private static final ArchRule PURE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio..",
              "java.net..",
              "java.sql..",
              "java.util.concurrent..",
              "java.util.logging..",
              "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.time\\.(Clock|Instant|.*DateTime)")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .callMethod(Set.class, "of", Object[].class)
          .orShould()
          .callMethod(Map.class, "copyOf", Map.class)
          .orShould()
          .callMethod(Set.class, "copyOf", Collection.class);

  @Test
  void the_core_is_pure() {
    JavaClasses core =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.yagura.graph");
    assertThat(core).isNotEmpty();
    PURE.check(core);
  }

  @Test
  void a_clock_call_in_the_core_is_caught() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedClock.class);
    assertThatThrownBy(() -> PURE.check(planted)).hasMessageContaining("Instant");
  }

  private static final class PlantedClock {
    static long now() {
      return Instant.now().toEpochMilli();
    }
  }

  @Test
  void a_node_that_is_ordered_twice_is_caught() {
    Graph graph = Graphs.graph().plain("a").chain("start>a").build();
    Play play = Play.of(graph).start(RunInput.of(Value.EMPTY));
    play.signal(new Signal.Succeeded(Play.at("start"), 1, Outcome.Done.of(Value.EMPTY)));
    assertThatThrownBy(() -> play.note(new RunEvent.NodeScheduled(Play.at("a"), 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ordered twice");
    assertThat(PlantedClock.now()).isPositive();
  }
}
