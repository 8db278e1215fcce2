package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list, from 1. More than 100 at once are not given, as in Dify, and the answer says
 * so.
 */
record Page(int number, int limit) {
  private static final int LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final int MAX_DIGITS = 6;

  static Page of(Context context) {
    return new Page(query(context, "page", 1), Math.min(MAX_LIMIT, query(context, "limit", LIMIT)));
  }

  private static int query(Context context, String name, int missing) {
    String given = context.queryParam(name);
    if (given == null || given.isEmpty()) {
      return missing;
    }
    if (given.length() > MAX_DIGITS || !given.matches("0*[1-9]\\d*")) {
      throw Fields.invalidParam(name, given, "a whole number from 1");
    }
    return Integer.parseInt(given);
  }

  <T> List<T> of(List<T> all) {
    return all.stream().skip((long) (number - 1) * limit).limit(limit).toList();
  }

  <T> ObjectNode view(List<T> all, Function<T, JsonNode> view) {
    ObjectNode answer = Json.object();
    of(all).stream().map(view).forEach(answer.putArray("data")::add);
    return answer
        .put("has_more", (long) number * limit < all.size())
        .put("limit", limit)
        .put("total", all.size())
        .put("page", number);
  }
}
