package dev.yagura.bench;

import dev.yagura.model.Capability;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.TokenListener;
import dev.yagura.model.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A model that takes its time for two pairs, and writes down what it was asked and answered. */
final class SlowModels implements Models {
  static final double SECONDS = 2;

  private final Path folder;

  SlowModels(Path folder) {
    this.folder = folder;
  }

  @Override
  public Chosen<ChatModel> chat(String provider, String name, Map<String, Object> parameters) {
    return new Chosen<>(new Slow(), "", Price.UNKNOWN);
  }

  private final class Slow implements ChatModel {
    @Override
    public String name() {
      return "bench/slow";
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public ChatAnswer chat(ChatRequest request, TokenListener tokens) throws InterruptedException {
      String part = Integer.toHexString(request.messages().getLast().text().hashCode());
      if (Files.notExists(folder.resolve("first"))) {
        note("first", part);
      }
      note("asked", part);
      Thread.sleep(Duration.ofMillis((long) (SECONDS * 1_000)));
      note("answered", part);
      return new ChatAnswer(
          "Q1: 質問 " + part + "\nA1: 回答\nQ2: 別の質問 " + part + "\nA2: 別の回答",
          "",
          "stop",
          new Usage(500, 200, Duration.ZERO, Duration.ZERO));
    }

    private void note(String what, String part) {
      try {
        Files.writeString(
            folder.resolve(what),
            part + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException full) {
        throw new UncheckedIOException(full);
      }
    }
  }
}
