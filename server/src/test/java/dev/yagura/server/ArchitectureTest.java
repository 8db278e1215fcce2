package dev.yagura.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.yagura.base.Boundary;
import dev.yagura.graph.planted.PlantedImport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The directions of the modules, and who may catch everything. Planted faults are caught. */
class ArchitectureTest {
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("base", List.of()),
          Map.entry("graph", List.of("base")),
          Map.entry("dify", List.of("base", "graph")),
          Map.entry("finding", List.of("base")),
          Map.entry("egress", List.of("base")),
          Map.entry("model", List.of("base")),
          Map.entry("knowledge", List.of("base", "model")),
          Map.entry("aws", List.of("base", "model", "connect")),
          Map.entry("node", List.of("base", "graph", "finding", "egress", "model", "knowledge")),
          Map.entry("run", List.of("base", "graph", "node", "finding")),
          Map.entry("store", List.of("base", "graph", "run", "knowledge")),
          Map.entry("connect", List.of("base", "graph", "finding", "egress", "node", "run")));

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.yagura");

  /**
   * What a module may use: itself, the modules that it lists, Java, and third parties outside base
   * and graph.
   */
  private static ArchRule directions(String module) {
    List<String> forbidden = new ArrayList<>();
    List<String> modules = new ArrayList<>(MAY_USE.keySet());
    modules.add("server");
    for (String other : modules) {
      if (!other.equals(module) && !MAY_USE.get(module).contains(other)) {
        forbidden.add("dev.yagura." + other + "..");
      }
    }
    if (module.equals("base") || module.equals("graph")) {
      forbidden.addAll(List.of("com..", "tools..", "io..", "jakarta.."));
    }
    return noClasses()
        .that()
        .resideInAPackage("dev.yagura." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new));
  }

  private static ArchRule quarantine(String library, String... modules) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(modules)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  /** Throwable is not looked at: the compiler catches it for try-with-resources and patterns. */
  private static final ArchCondition<JavaClass> CATCH_ONLY_WHAT_THEY_NAME =
      new ArchCondition<>("catch Exception and the like only at a @Boundary") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          for (JavaCodeUnit unit : type.getCodeUnits()) {
            boolean all =
                unit.getTryCatchBlocks().stream()
                    .flatMap(block -> block.getCaughtThrowables().stream())
                    .anyMatch(
                        caught ->
                            Set.of("java.lang.Exception", "java.lang.RuntimeException")
                                .contains(caught.getName()));
            if (all && !unit.isAnnotatedWith(Boundary.class)) {
              events.add(
                  SimpleConditionEvent.violated(unit, unit.getFullName() + " catches everything"));
            }
          }
        }
      };

  private static final ArchRule BOUNDARIES =
      ArchRuleDefinition.classes().should(CATCH_ONLY_WHAT_THEY_NAME);

  @Test
  void every_module_keeps_to_its_direction() {
    assertThat(PRODUCT.size()).isGreaterThan(150);
    MAY_USE.keySet().forEach(module -> directions(module).check(PRODUCT));
  }

  @Test
  void packages_have_no_cycles_across_modules() {
    slices().matching("dev.yagura.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void libraries_stay_where_they_belong() {
    quarantine("com.hubspot..", "dev.yagura.node.template..").check(PRODUCT);
    quarantine("software.amazon.awssdk..", "dev.yagura.aws..").check(PRODUCT);
    quarantine("software.amazon.event..", "dev.yagura.connect.rule..").check(PRODUCT);
    quarantine("dev.langchain4j..", "dev.yagura.model.langchain..").check(PRODUCT);
    quarantine("org.apache.lucene..", "dev.yagura.knowledge.index..").check(PRODUCT);
    quarantine("org.apache.pdfbox..", "dev.yagura.knowledge.text..").check(PRODUCT);
    quarantine("okhttp3..", "dev.yagura.egress..").check(PRODUCT);
    quarantine("io.javalin..", "dev.yagura.server.http..").check(PRODUCT);
    quarantine("org.eclipse.jetty..", "dev.yagura.server.http..").check(PRODUCT);
    quarantine("org.yaml..", "dev.yagura.dify..", "dev.yagura.finding.catalogue..").check(PRODUCT);
    quarantine("org.jdbi..", "dev.yagura.store..").check(PRODUCT);
    quarantine("java.sql..", "dev.yagura.store..").check(PRODUCT);
    quarantine("picocli..", "dev.yagura.server.cli..").check(PRODUCT);
  }

  @Test
  void only_boundaries_catch_everything() {
    BOUNDARIES.check(PRODUCT);
  }

  @Test
  void a_module_that_imports_what_it_may_not_is_caught() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedImport.class);
    assertThatThrownBy(() -> directions("graph").check(planted))
        .hasMessageContaining("ObjectMapper");
  }

  @Test
  void a_catch_of_everything_outside_a_boundary_is_caught() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedImport.class);
    assertThatThrownBy(() -> BOUNDARIES.check(planted)).hasMessageContaining("catches everything");
  }
}
