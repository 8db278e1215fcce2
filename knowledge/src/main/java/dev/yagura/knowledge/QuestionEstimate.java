package dev.yagura.knowledge;

import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest.Message;
import dev.yagura.model.Models.Chosen;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.util.List;

/**
 * About what questions and answers of a document will take, before a model is asked. Tokens are
 * guessed: one for a character of Chinese, Japanese or Korean, one for four others; what comes back
 * is taken to be as long as the text.
 *
 * @param parts calls
 * @param cost in US dollars; 0 where the price of the model is not known
 */
public record QuestionEstimate(
    String model, int parts, long promptTokens, long completionTokens, double cost) {
  private static final int OTHERS_PER_TOKEN = 4;

  static QuestionEstimate of(List<Segment> sources, String language, Chosen<ChatModel> chosen) {
    long prompt = 0;
    long completion = 0;
    for (Segment source : sources) {
      for (Message message : QuestionPrompt.of(source, language)) {
        prompt += tokens(message.text());
      }
      completion += tokens(source.text());
    }
    var usage = new Usage(prompt, completion, Duration.ZERO, Duration.ZERO);
    double cost =
        chosen.price().promptPrice(usage).add(chosen.price().completionPrice(usage)).doubleValue();
    return new QuestionEstimate(chosen.model().name(), sources.size(), prompt, completion, cost);
  }

  static long tokens(String text) {
    long wide = text.codePoints().filter(Character::isIdeographic).count();
    long kana = text.codePoints().filter(one -> one >= 0x3040 && one <= 0x30ff).count();
    return wide + kana + (text.length() - wide - kana + OTHERS_PER_TOKEN - 1) / OTHERS_PER_TOKEN;
  }
}
