package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Base.MetadataField;
import dev.yagura.knowledge.Document;
import dev.yagura.server.http.Json;
import java.util.List;

/** The metadata of documents, and the fields that every document has. */
final class MetadataViews {
  /** In the order in which Dify shows them. */
  static final List<MetadataField> BUILT_IN =
      List.of(
          new MetadataField("built-in", "document_name", "string"),
          new MetadataField("built-in", "uploader", "string"),
          new MetadataField("built-in", "upload_date", "time"),
          new MetadataField("built-in", "last_update_date", "time"),
          new MetadataField("built-in", "source", "string"));

  private MetadataViews() {}

  static ArrayNode of(Base base, Document document) {
    ArrayNode all = Json.object().putArray("doc_metadata");
    for (MetadataField field : base.settings().fields()) {
      Object value = document.settings().metadata().get(field.name());
      if (value != null) {
        put(view(all.addObject(), field), value);
      }
    }
    if (base.settings().builtInFields()) {
      BUILT_IN.forEach(field -> put(view(all.addObject(), field), value(field, document)));
    }
    return all;
  }

  static ObjectNode view(ObjectNode json, MetadataField field) {
    return json.put("id", field.id()).put("name", field.name()).put("type", field.type());
  }

  private static void put(ObjectNode json, Object value) {
    if (value instanceof Double number && number != Math.rint(number)) {
      json.put("value", number);
    } else if (value instanceof Number number) {
      json.put("value", number.longValue());
    } else {
      json.put("value", String.valueOf(value));
    }
  }

  private static Object value(MetadataField field, Document document) {
    return switch (field.name()) {
      case "document_name" -> document.name();
      case "uploader" -> DatasetViews.AUTHOR;
      case "upload_date" -> document.addedAt().getEpochSecond();
      case "last_update_date" -> document.changedAt().getEpochSecond();
      default -> document.settings().source();
    };
  }
}
