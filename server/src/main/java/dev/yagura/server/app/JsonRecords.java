package dev.yagura.server.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.run.RecordStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The documents of one kind as JSON. What was read is remembered: a data folder belongs to one
 * process.
 */
public final class JsonRecords {
  private static final JsonMapper JSON = new JsonMapper();

  private final RecordStore store;
  private final String kind;
  private final Map<String, ObjectNode> known = new ConcurrentHashMap<>();

  public JsonRecords(RecordStore store, String kind) {
    this.store = store;
    this.kind = kind;
    store.list(kind).forEach(item -> known.put(item.id(), parse(item.body())));
  }

  private static ObjectNode parse(String body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalStateException("a record is no object");
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("broken JSON in the store", broken);
    }
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  public Optional<ObjectNode> find(String id) {
    return Optional.ofNullable(known.get(id)).map(ObjectNode::deepCopy);
  }

  /** By id, in the order of ids. */
  public Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    known.keySet().stream().sorted().forEach(id -> find(id).ifPresent(body -> all.put(id, body)));
    return all;
  }

  public void put(String id, ObjectNode body) {
    store.put(kind, id, body.toString());
    known.put(id, body.deepCopy());
  }

  /** The store comes first: what it could not delete is still there, and can be deleted again. */
  public boolean delete(String id) {
    boolean deleted = store.delete(kind, id);
    known.remove(id);
    return deleted;
  }
}
