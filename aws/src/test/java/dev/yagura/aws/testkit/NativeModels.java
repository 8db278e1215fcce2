package dev.yagura.aws.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * What models answer to InvokeModel, each in its own form. As the service does, it refuses keys
 * that a model does not know, keys that are missing, and too many or too long texts.
 */
final class NativeModels {
  private static final JsonMapper JSON = new JsonMapper();

  private NativeModels() {}

  /** A body that the service refuses, in its words. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super("Malformed input request: " + what + ", please reformat your input and try again.");
    }
  }

  /**
   * @param lacking leaves out the last vector or result
   */
  static ObjectNode answer(String id, JsonNode request, boolean lacking) throws Malformed {
    String model = id.replaceFirst("^(us|eu|apac|global)\\.", "");
    return switch (model) {
      case "amazon.titan-embed-text-v1" -> titan(request, Set.of("inputText"), lacking);
      case "amazon.titan-embed-text-v2:0" ->
          titan(request, Set.of("inputText", "dimensions", "normalize"), lacking);
      case "cohere.embed-english-v3", "cohere.embed-multilingual-v3" -> third(request, lacking);
      case "cohere.embed-v4:0" -> fourth(request, lacking);
      case "cohere.rerank-v3-5:0" ->
          rerank(request, Set.of("query", "documents", "top_n", "api_version"), lacking);
      case "amazon.rerank-v1:0" -> rerank(request, Set.of("query", "documents", "top_n"), lacking);
      default -> throw new Malformed("no such model: " + id);
    };
  }

  private static void expect(JsonNode request, Set<String> keys) throws Malformed {
    for (String key : keys) {
      if (!request.has(key)) {
        throw new Malformed("#: required key [" + key + "] not found");
      }
    }
    for (var property : request.properties()) {
      if (!keys.contains(property.getKey())) {
        throw new Malformed("extraneous key [" + property.getKey() + "] is not permitted");
      }
    }
  }

  private static ObjectNode titan(JsonNode request, Set<String> keys, boolean lacking)
      throws Malformed {
    expect(request, keys);
    ObjectNode body = JSON.createObjectNode();
    ArrayNode vector = body.putArray("embedding");
    if (!lacking) {
      numbers(request.path("inputText").asText(), vector);
    }
    return body.put("inputTextTokenCount", 5);
  }

  private static ObjectNode third(JsonNode request, boolean lacking) throws Malformed {
    expect(request, Set.of("texts", "input_type", "truncate"));
    texts(request, 2_048, Set.of("NONE", "START", "END"));
    ObjectNode body = JSON.createObjectNode();
    vectors(request, body.putArray("embeddings"), lacking);
    return body.put("response_type", "embeddings_floats");
  }

  private static ObjectNode fourth(JsonNode request, boolean lacking) throws Malformed {
    expect(
        request, Set.of("texts", "input_type", "truncate", "output_dimension", "embedding_types"));
    texts(request, Integer.MAX_VALUE, Set.of("NONE", "LEFT", "RIGHT"));
    ObjectNode body = JSON.createObjectNode();
    vectors(request, body.putObject("embeddings").putArray("float"), lacking);
    return body.put("response_type", "embeddings_by_type");
  }

  private static void texts(JsonNode request, int longest, Set<String> truncations)
      throws Malformed {
    if (request.path("texts").size() > 96) {
      throw new Malformed("#/texts: expected maximum item count: 96");
    }
    for (JsonNode text : request.path("texts")) {
      if (text.asText().length() > longest) {
        throw new Malformed("#/texts: expected maxLength: " + longest);
      }
    }
    if (!truncations.contains(request.path("truncate").asText())
        || !request.path("input_type").asText().matches("search_(document|query)")) {
      throw new Malformed("#/truncate or #/input_type: no valid enum value");
    }
  }

  private static void vectors(JsonNode request, ArrayNode vectors, boolean lacking) {
    int last = request.path("texts").size() - (lacking ? 1 : 0);
    for (int i = 0; i < last; i++) {
      numbers(request.path("texts").get(i).asText(), vectors.addArray());
    }
  }

  /** A vector that is the same for the same text, and near for texts with common words. */
  private static void numbers(String text, ArrayNode vector) {
    double[] counts = new double[64];
    for (String word : text.split("\\W+")) {
      counts[Math.floorMod(word.hashCode(), counts.length)] += 1;
    }
    for (double count : counts) {
      vector.add(count);
    }
    // A text of signs that are no words has a direction, too.
    vector.add(text.length() / 1_000.0);
  }

  private static ObjectNode rerank(JsonNode request, Set<String> keys, boolean lacking)
      throws Malformed {
    expect(request, keys);
    if (keys.contains("api_version") && request.path("api_version").asInt() < 2) {
      throw new Malformed("#/api_version: 1 is not greater or equal to 2");
    }
    List<ObjectNode> results = new ArrayList<>();
    for (int i = 0; i < request.path("documents").size(); i++) {
      double score =
          alike(request.path("query").asText(), request.path("documents").get(i).asText());
      results.add(JSON.createObjectNode().put("index", i).put("relevance_score", score - i * 1e-6));
    }
    results.sort(Comparator.comparingDouble(result -> -result.path("relevance_score").asDouble()));
    ObjectNode body = JSON.createObjectNode();
    int most = Math.min(request.path("top_n").asInt(), results.size());
    body.putArray("results").addAll(results.subList(0, lacking ? most - 1 : most));
    return body;
  }

  /** The share of the query's words that a text has, from 0.1 to 0.9. */
  private static double alike(String query, String text) {
    var words = new TreeMap<String, Boolean>();
    for (String word : query.toLowerCase(Locale.ROOT).split("\\W+")) {
      words.put(word, text.toLowerCase(Locale.ROOT).contains(word));
    }
    double shared = words.values().stream().filter(found -> found).count();
    return 0.1 + 0.8 * shared / words.size();
  }
}
