package dev.yagura.model.langchain.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The vector of a text, and its tokens.
 *
 * @param tokens of all pieces
 */
record Piecewise(float[] vector, long tokens) {
  /**
   * Characters of a piece. The model was trained on 256 tokens, about 1,000 characters of English,
   * and does not see more than 510; identifiers and hashes have a token every other character.
   */
  static final int PIECE = 900;

  /**
   * The mean of the pieces, each weighing as much as it is long, of length 1.
   *
   * @param embed gives the vector of a piece
   */
  static Piecewise of(String text, Function<String, Piecewise> embed) {
    List<String> pieces = pieces(text);
    if (pieces.size() == 1) {
      return embed.apply(pieces.getFirst());
    }
    float[] sum = new float[0];
    long tokens = 0;
    for (String piece : pieces) {
      Piecewise one = embed.apply(piece);
      sum = sum.length == 0 ? new float[one.vector.length] : sum;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += piece.length() * one.vector[i];
      }
      tokens += one.tokens;
    }
    return new Piecewise(normal(sum), tokens);
  }

  /** Cut between words where there are any near the end of a piece. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    String rest = text.strip();
    while (rest.length() > PIECE) {
      int space = rest.lastIndexOf(' ', PIECE);
      int at = space > PIECE / 2 ? space : PIECE;
      at -= Character.isHighSurrogate(rest.charAt(at - 1)) ? 1 : 0;
      pieces.add(rest.substring(0, at));
      rest = rest.substring(at).strip();
    }
    if (!rest.isEmpty() || pieces.isEmpty()) {
      pieces.add(rest);
    }
    return pieces;
  }

  private static float[] normal(float[] vector) {
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; length > 0 && i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
