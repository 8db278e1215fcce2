package dev.yagura.lambda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A function of {@code lambda/python} in a process of its own, called once. */
record PythonFunction(String module, Path folder) {
  private static final String CALL =
      "import importlib, json, sys; handler = importlib.import_module(sys.argv[1]).handler;"
          + " print(json.dumps(handler(json.load(sys.stdin), None)))";

  /**
   * What came of a call.
   *
   * @param output the answer, or where it raised the traceback
   */
  record Ended(int status, String output) {}

  /** Skips the test where this machine cannot run it, and says why. */
  void assumePossible() throws IOException, InterruptedException {
    String library = module.endsWith("requests") ? "requests" : "urllib.request";
    try {
      Ended tried = run("", Map.of(), "-c", "import " + library);
      Assumptions.assumeTrue(tried.status() == 0, () -> "no Python library " + library);
    } catch (IOException absent) {
      Assumptions.abort("no python3 here: " + absent.getMessage());
    }
  }

  Ended call(String event, StubYagura server) throws IOException, InterruptedException {
    return run(
        event, Map.of("HOST", server.host(), "API_KEY", InvokedFunction.KEY), "-c", CALL, module);
  }

  private Ended run(String input, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path given = Files.writeString(folder.resolve("input.json"), input);
    File output = folder.resolve("output.txt").toFile();
    var command = new ArrayList<>(List.of("python3", "-B"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.directory(Path.of("python").toFile());
    builder.redirectInput(given.toFile()).redirectErrorStream(true).redirectOutput(output);
    // Neither a proxy of this machine nor a file with passwords belongs to the test.
    builder.environment().putAll(Map.of("no_proxy", "127.0.0.1", "HOME", folder.toString()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("python3 does not end");
      }
      return new Ended(process.exitValue(), Files.readString(output.toPath()));
    } finally {
      process.destroyForcibly();
    }
  }
}
