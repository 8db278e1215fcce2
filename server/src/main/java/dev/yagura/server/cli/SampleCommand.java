package dev.yagura.server.cli;

import dev.yagura.base.Suggestion;
import dev.yagura.finding.FindingType;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura sample}: sample findings as EventBridge events. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Prints sample findings as EventBridge events, one per line.",
      "",
      "Without TYPE one of each kind. Samples say of themselves that they are samples."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura sample | yagura analyze -",
      "  yagura sample 'Trojan:EC2/DGADomainRequest.C!DNS'",
      "  yagura sample --all > all-types.jsonl",
      "  yagura sample --list"
    })
final class SampleCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "TYPE", description = "A finding type.")
  @Nullable String type;

  @Option(names = "--all", description = "One of every type.")
  boolean all;

  @Option(names = "--list", description = "The names of the types instead of samples.")
  boolean list;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Catalogue catalogue = Catalogue.load();
    List<String> types = chosen(catalogue);
    Samples samples = new Samples(catalogue);
    for (String one : types) {
      console.out().println(list ? one : samples.event(one).toString());
    }
    return Exit.SUCCESS;
  }

  private List<String> chosen(Catalogue catalogue) {
    if (type != null) {
      if (all || list) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "TYPE, --all and --list exclude each other (expected: one of them)");
      }
      if (!catalogue.typeNames().contains(type)) {
        String nearest = Suggestion.nearest(type, catalogue.typeNames());
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "'"
                + type
                + "' is no known finding type"
                + (nearest == null ? "" : " (did you mean " + nearest + "?)")
                + " (expected: one that yagura sample --list names)");
      }
      return List.of(type);
    }
    if (all || list) {
      return List.copyOf(catalogue.typeNames());
    }
    Map<String, String> perFamily = new LinkedHashMap<>();
    catalogue
        .typeNames()
        .forEach(
            name -> perFamily.putIfAbsent(catalogue.entry(FindingType.of(name)).family(), name));
    return List.copyOf(perFamily.values());
  }
}
