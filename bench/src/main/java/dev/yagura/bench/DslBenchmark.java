package dev.yagura.bench;

import dev.yagura.dify.DifyReader;
import dev.yagura.dify.Imported;
import dev.yagura.server.WorkflowFiles;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to read a DSL file: the bundled workflow, and one of 500 nodes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DslBenchmark {
  private final String bundled = WorkflowFiles.bundled();
  private final String large = large();

  private static String large() {
    var text =
        new StringBuilder("app: {name: Large, mode: workflow}\nworkflow:\n  graph:\n    nodes:\n");
    text.append(
        "      - {id: n0, type: custom, data: {type: start, title: Start, variables: []}}\n");
    for (int i = 1; i < 500; i++) {
      text.append("      - id: n").append(i).append("\n        type: custom\n        data:\n");
      text.append("          type: template-transform\n          title: Node\n");
      text.append("          template: 'a {{ x }}'\n          variables:\n");
      text.append("            - {variable: x, value_selector: [n0, x]}\n");
    }
    text.append("    edges:\n");
    for (int i = 1; i < 500; i++) {
      text.append("      - {source: n").append(i - 1).append(", target: n").append(i).append("}\n");
    }
    return text.toString();
  }

  @Benchmark
  public Imported guardDutyHandler() {
    return DifyReader.read("bundled.yml", bundled);
  }

  @Benchmark
  public Imported fiveHundredNodes() {
    return DifyReader.read("large.yml", large);
  }
}
