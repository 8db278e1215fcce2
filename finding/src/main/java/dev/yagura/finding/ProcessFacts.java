package dev.yagura.finding;

import dev.yagura.finding.Resource.Detail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Runtime Monitoring saw running. Texts are cleaned; every one of them is chosen by whoever
 * runs the process.
 *
 * @param lineage names of the processes that started it, the nearest first, at most {@link
 *     Facts#MAX_LISTED}
 * @param context what the detection adds: paths, tools, an example of the command line
 */
public record ProcessFacts(
    String name,
    String path,
    String pid,
    String user,
    String sha256,
    List<String> lineage,
    List<Detail> context) {

  private static final List<String> CONTEXT =
      List.of(
          "commandLineExample",
          "toolName",
          "toolCategory",
          "serviceName",
          "scriptPath",
          "libraryPath",
          "ldPreloadValue",
          "socketPath",
          "mountSource",
          "mountTarget",
          "moduleName",
          "moduleFilePath",
          "releaseAgentPath",
          "runcBinaryPath",
          "shellHistoryFilePath",
          "threatFilePath",
          "filePath",
          "fileOperation");

  static @Nullable ProcessFacts of(Tree body) {
    Tree runtime = body.at("service.runtimeDetails");
    if (!runtime.isPresent()) {
      return null;
    }
    Tree process = runtime.at("process");
    List<String> lineage = new ArrayList<>();
    for (Tree parent : process.list("lineage")) {
      String name = parent.text("name", parent.text("executablePath", ""));
      if (!name.isEmpty() && lineage.size() < Facts.MAX_LISTED) {
        lineage.add(Facts.name(name));
      }
    }
    return new ProcessFacts(
        Facts.name(process.text("name")),
        Facts.name(process.text("executablePath")),
        Facts.name(process.text("pid")),
        Facts.name(process.text("user")),
        Facts.name(process.text("executableSha256")),
        lineage,
        context(runtime.at("context")));
  }

  private static List<Detail> context(Tree at) {
    List<Detail> details = new ArrayList<>();
    for (String key : CONTEXT) {
      String value = at.text(key);
      if (value != null) {
        details.add(new Detail(key, Facts.text(value)));
      }
    }
    for (String process : List.of("modifyingProcess", "targetProcess")) {
      String path = at.text(process + ".executablePath", at.text(process + ".name", ""));
      if (!path.isEmpty()) {
        details.add(new Detail(process, Facts.text(path)));
      }
    }
    return details;
  }
}
