package dev.yagura.bench;

import dev.yagura.model.ChatModel;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Texts of some thousand topics and the vectors of them: those of one topic are near each other, as
 * those of a real model are.
 */
final class TopicModels implements Models {
  private static final int TOPICS = 2_000;
  private static final int WORDS = 20_000;
  private static final int LENGTH = 90;
  private static final List<String> JAPANESE =
      List.of("調査", "認証情報", "手順", "通信", "確認", "隔離", "権限", "記録", "復旧", "検知");

  private final int dimensions;

  TopicModels(int dimensions) {
    this.dimensions = dimensions;
  }

  /** A text on some topic; rare words are rare. */
  String text(Random random) {
    return words(random, LENGTH);
  }

  String question(Random random) {
    return words(random, 8);
  }

  private static String words(Random random, int length) {
    int topic = random.nextInt(TOPICS);
    var text = new StringBuilder("topic " + word(WORDS + topic));
    for (int i = 0; i < length; i++) {
      int word = (int) (WORDS * Math.pow(random.nextDouble(), 3));
      text.append(' ').append(word(word));
      if (i % 15 == 7) {
        text.append(' ').append(JAPANESE.get(random.nextInt(JAPANESE.size()))).append("を行う。");
      }
    }
    return text.toString();
  }

  /** A word of letters, so that its number is no part of it. */
  private static String word(int number) {
    var word = new StringBuilder();
    for (int rest = number + 1; rest > 0; rest /= 20) {
      word.append("bcdfghjklmnprstvwxyz".charAt(rest % 20)).append("aeiou".charAt(rest % 5));
    }
    return word.toString();
  }

  private float[] vector(String text) {
    int at = text.indexOf("topic ");
    int end = at < 0 ? -1 : text.indexOf(' ', at + 6);
    var center = new Random(end < 0 ? 0 : text.substring(at, end).hashCode());
    var noise = new Random(text.hashCode());
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (center.nextGaussian() + 0.7 * noise.nextGaussian());
    }
    return vector;
  }

  @Override
  public Optional<Chosen<EmbeddingModel>> embedding() {
    return Optional.of(new Chosen<>(new Embedding(), "", Price.UNKNOWN));
  }

  @Override
  public Optional<Chosen<EmbeddingModel>> embedding(String name) {
    return embedding();
  }

  @Override
  public Chosen<ChatModel> chat(String provider, String name, Map<String, Object> parameters) {
    return Models.NONE.chat(provider, name, parameters);
  }

  private final class Embedding implements EmbeddingModel {
    @Override
    public String name() {
      return "bench/topics";
    }

    @Override
    public int maxCharacters() {
      return 10_000;
    }

    @Override
    public Embeddings embed(List<String> texts, Purpose purpose) {
      List<float[]> vectors = new ArrayList<>();
      texts.forEach(text -> vectors.add(vector(text)));
      return new Embeddings(vectors, Usage.ofInput(0, Duration.ZERO));
    }
  }
}
