package dev.yagura.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The zip, unpacked, under the AWS runtime interface client in a process of its own. */
final class RunningFunction implements AutoCloseable {
  static final Path ZIP = Path.of("target", "AnalyzeGuardDuty.zip");
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String HANDLER = "dev.yagura.lambda.AnalyzeGuardDuty::handleRequest";
  private static final List<String> CLIENT =
      List.of(
          "aws-lambda-java-runtime-interface-client-",
          "aws-lambda-java-core-",
          "aws-lambda-java-serialization-");

  private final Process process;
  private final Path output;

  RunningFunction(Path folder, RuntimeApi api, Map<String, String> environment) throws IOException {
    Path task = unpack(folder.resolve("task"));
    output = folder.resolve("output.txt");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            client(),
            MAIN,
            HANDLER);
    builder.directory(task.toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> own = builder.environment();
    own.put("AWS_LAMBDA_RUNTIME_API", api.address());
    own.put("AWS_LAMBDA_FUNCTION_NAME", "AnalyzeGuardDuty");
    own.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    own.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    own.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/AnalyzeGuardDuty");
    own.put("AWS_LAMBDA_LOG_STREAM_NAME", "test");
    own.put("AWS_REGION", "us-east-1");
    own.put("_HANDLER", HANDLER);
    own.putAll(environment);
    process = builder.start();
  }

  /** What stands for the managed runtime; the function's own classes come from the zip alone. */
  private static String client() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> CLIENT.stream().anyMatch(Path.of(jar).getFileName().toString()::startsWith))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path unpack(Path task) throws IOException {
    try (InputStream in = Files.newInputStream(ZIP);
        var zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = task.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          long unused = Files.copy(zip, file);
        }
      }
    }
    return task;
  }

  /** What it has written, its log among it. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      boolean unused = process.waitFor(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
