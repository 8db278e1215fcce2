package dev.yagura.bench;

import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.Knowledge.Question;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.Search;
import dev.yagura.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Many segments: how fast they come in, are found, and how long the index takes to be made again
 * from the store while questions are answered. The embedding model answers at once: what is
 * measured is ours.
 */
public final class KnowledgeBench {
  private static final int PER_DOCUMENT = 500;
  private static final int QUESTIONS = 2_000;

  private KnowledgeBench() {}

  /** The folder to measure in, the number of segments, and of dimensions. */
  public static void main(String[] arguments) throws Exception {
    Path folder =
        arguments.length > 0
            ? Files.createTempDirectory(Path.of(arguments[0]), "bench")
            : Files.createTempDirectory("bench");
    int segments = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    int dimensions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_024;
    System.out.printf(
        "cores %d, %d segments, %d dimensions%n",
        Runtime.getRuntime().availableProcessors(), segments, dimensions);
    var models = new TopicModels(dimensions);
    try (Store store = Store.open(folder, InstantSource.system())) {
      String base = fill(folder, store, models, segments);
      again(folder, store, models, base);
    }
    delete(folder);
  }

  private static Library library(Path folder, Store store, TopicModels models) {
    return new Library(
        new Library.Ports(
            store.knowledge(),
            models,
            InstantSource.system(),
            folder.resolve("knowledge"),
            1,
            Thread::sleep));
  }

  private static String fill(Path folder, Store store, TopicModels models, int segments)
      throws Exception {
    try (Library library = library(folder, store, models)) {
      library.open();
      Base base = library.bases().named("Bench");
      long start = System.nanoTime();
      int added = 0;
      for (int number = 0; added < segments; number++) {
        Path file = Files.writeString(folder.resolve("document.md"), document(models, number));
        added +=
            library
                .add(
                    base,
                    "document-" + number + ".md",
                    file,
                    Document.Settings.of("md", DocumentForm.TEXT, "", ProcessRule.AUTOMATIC))
                .document()
                .counts()
                .segments();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("added %d segments in %.1f s: %.0f/s%n", added, seconds, added / seconds);
      questions(library, base.id(), models, "warm-up", Search.Mode.HYBRID);
      for (Search.Mode mode : Search.Mode.values()) {
        questions(library, base.id(), models, mode.wire(), mode);
      }
      memory();
      return base.id();
    }
  }

  private static String document(TopicModels models, int number) {
    var random = new Random(number);
    var text = new StringBuilder();
    for (int i = 0; i < PER_DOCUMENT; i++) {
      text.append("# Section ").append(number).append('-').append(i).append("\n\n");
      text.append(models.text(random)).append("\n\n");
    }
    return text.toString();
  }

  private static void questions(
      Library library, String base, TopicModels models, String name, Search.Mode mode)
      throws InterruptedException {
    var random = new Random(7);
    long[] times = new long[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      String text = models.question(random);
      long start = System.nanoTime();
      int found = library.retrieve(Question.of(List.of(base), text, Search.DEFAULT)).hits().size();
      times[i] = System.nanoTime() - start;
      if (found == 0) {
        System.out.println("nothing found for " + text);
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        name,
        times[QUESTIONS / 2] / 1e6,
        times[QUESTIONS * 99 / 100] / 1e6,
        times[QUESTIONS - 1] / 1e6);
  }

  /** The index is lost: it is made again while questions come. */
  private static void again(Path folder, Store store, TopicModels models, String base)
      throws Exception {
    delete(folder.resolve("knowledge/index"));
    try (Library library = library(folder, store, models)) {
      var done = new AtomicBoolean();
      Thread asking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    var random = new Random(11);
                    long most = 0;
                    int asked = 0;
                    try {
                      while (!done.get()) {
                        long start = System.nanoTime();
                        var unused =
                            library.retrieve(
                                Question.of(
                                    List.of(base), models.question(random), Search.DEFAULT));
                        most = Math.max(most, System.nanoTime() - start);
                        asked++;
                        Thread.sleep(20);
                      }
                    } catch (InterruptedException stop) {
                      Thread.currentThread().interrupt();
                    }
                    System.out.printf(
                        "meanwhile %d questions, the slowest %.1f ms%n", asked, most / 1e6);
                  });
      long start = System.nanoTime();
      library.open();
      System.out.printf("index made again in %.1f s%n", (System.nanoTime() - start) / 1e9);
      done.set(true);
      asking.join();
      questions(library, base, models, "after that, hybrid", Search.Mode.HYBRID);
      memory();
    }
    long start = System.nanoTime();
    try (Library library = library(folder, store, models)) {
      library.open();
      System.out.printf("opened again in %.2f s%n", (System.nanoTime() - start) / 1e9);
    }
  }

  private static void memory() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon") || line.startsWith("RssFile")) {
        System.out.println(line.replaceAll("\\s+", " "));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
