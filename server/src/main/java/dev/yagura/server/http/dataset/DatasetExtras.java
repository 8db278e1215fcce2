package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.app.JsonRecords;
import java.util.ArrayList;
import java.util.List;

/** What clients of Dify's say about a dataset and the library has no use for. */
final class DatasetExtras {
  private static final String UNDECIDED = "undecided";
  private static final String MEMBERS = "members";

  private final JsonRecords records;

  DatasetExtras(JsonRecords records) {
    this.records = records;
  }

  /**
   * @param permission kept and shown; whoever has a key of the knowledge sees all datasets
   * @param undecided whether no request has said yet how the dataset is indexed
   */
  record Extra(String permission, List<String> members, boolean undecided) {
    Extra decided() {
      return new Extra(permission, members, false);
    }
  }

  Extra of(String base) {
    ObjectNode json = records.find(base).orElseGet(JsonRecords::object);
    List<String> members = new ArrayList<>();
    json.path(MEMBERS).forEach(member -> members.add(member.asText()));
    return new Extra(
        json.path("permission").asText("only_me"), members, json.path(UNDECIDED).asBoolean());
  }

  void put(String base, Extra extra) {
    ObjectNode json =
        JsonRecords.object()
            .put("permission", extra.permission())
            .put(UNDECIDED, extra.undecided());
    extra.members().forEach(json.putArray(MEMBERS)::add);
    records.put(base, json);
  }

  void delete(String base) {
    boolean unused = records.delete(base);
  }
}
