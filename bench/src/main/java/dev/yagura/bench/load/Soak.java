package dev.yagura.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A steady load, and the memory every minute: does it grow? */
final class Soak {
  private static final int PER_SECOND = 100;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final ServerProcess server;
  private final Measures measures;
  private final List<Double> heap = new ArrayList<>();

  Soak(ServerProcess server, Measures measures, MockModel model) {
    this.server = server;
    this.measures = measures;
    model.takes(Duration.ofMillis(200));
  }

  void run(int minutes) throws IOException, InterruptedException {
    long most = 0;
    for (int minute = 1; minute <= minutes; minute++) {
      Times times = measures.steady(PER_SECOND, Duration.ofMinutes(1));
      String unused = command("GC.run");
      double used = used(command("GC.heap_info"));
      long memory = server.memory();
      heap.add(used);
      most = Math.max(most, memory);
      System.out.printf(
          Locale.ROOT,
          "minute %d: %d runs, RssAnon %d MiB, heap after GC %.1f MiB%s%n",
          minute,
          times.count(),
          memory,
          used,
          times.errors());
    }
    LoadBench.row(
        minutes + " minutes of " + PER_SECOND + " runs/s, one in ten streamed with a model",
        "<= 512 MiB, slope 0",
        String.format(
            Locale.ROOT,
            "RssAnon at most %d MiB; heap after GC grows %.3f MiB a minute",
            most,
            slope()));
  }

  /** Least squares; the first fifth is warm-up. */
  private double slope() {
    List<Double> values = heap.subList(heap.size() / 5, heap.size());
    double middle = (values.size() - 1) / 2.0;
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.size(); i++) {
      above += (i - middle) * (values.get(i) - mean);
      below += (i - middle) * (i - middle);
    }
    return below == 0 ? 0 : above / below;
  }

  /** Every generation up to the metaspace, which is no heap. */
  private static double used(String info) {
    int end = info.indexOf("Metaspace");
    Matcher matcher = USED.matcher(end < 0 ? info : info.substring(0, end));
    double kilobytes = 0;
    while (matcher.find()) {
      kilobytes += Long.parseLong(matcher.group(1));
    }
    return kilobytes / 1024;
  }

  private String command(String what) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), what)
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
