package dev.yagura.knowledge;

import dev.yagura.model.Price;
import dev.yagura.model.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Looks things up. */
public interface Knowledge {
  /** Most characters of a query that count. */
  int MAX_QUERY = 2_000;

  /** There is nothing to look up. */
  Knowledge NONE = question -> Answer.EMPTY;

  /**
   * @param bases ids of knowledge bases
   * @param filter which documents count
   */
  record Question(List<String> bases, String text, Search search, MetadataFilter filter) {
    public Question {
      bases = Collections.unmodifiableList(new ArrayList<>(bases));
    }

    public static Question of(List<String> bases, String text, Search search) {
      return new Question(bases, text, search, MetadataFilter.NONE);
    }
  }

  /**
   * @param hits best first
   * @param note what was not as it should be, for example that vectors were unavailable; or empty
   * @param usage of the models that were asked
   * @param cost of them in US dollars
   */
  record Answer(List<Hit> hits, String note, Usage usage, BigDecimal cost) {
    public static final Answer EMPTY = new Answer(List.of(), "", Usage.NONE, BigDecimal.ZERO);

    public Answer adding(Usage more, Price price, String words) {
      return new Answer(
          hits,
          words.isEmpty() || note.contains(words)
              ? note
              : note.isEmpty() ? words : note + "; " + words,
          usage.plus(more),
          cost.add(price.promptPrice(more)).add(price.completionPrice(more)));
    }

    public Answer with(List<Hit> others) {
      return new Answer(others, note, usage, cost);
    }
  }

  /** The segments that answer the question best. */
  Answer retrieve(Question question) throws InterruptedException;
}
