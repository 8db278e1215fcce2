package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Base.MetadataField;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Library;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes fields of metadata and their values, which documents keep by the names of the fields. */
final class MetadataEditing {
  private static final int MAX_FIELDS = 200;
  private static final int MAX_OPERATIONS = 500;
  private static final int MAX_ID = 64;
  private static final int MAX_VALUE = 10_000;

  private final Library library;
  private final Targets targets;

  MetadataEditing(Library library, Targets targets) {
    this.library = library;
    this.targets = targets;
  }

  MetadataField create(String base, String name, String type) {
    var field = new MetadataField(UUID.randomUUID().toString(), name, type);
    change(
        base,
        before -> {
          refuseTaken(before, name);
          if (before.size() >= MAX_FIELDS) {
            throw Fields.invalidParam("name", name, "at most " + MAX_FIELDS + " fields");
          }
          List<MetadataField> fields = new ArrayList<>(before);
          fields.add(field);
          return fields;
        });
    return field;
  }

  private static void refuseTaken(List<MetadataField> fields, String name) {
    if (MetadataViews.BUILT_IN.stream().anyMatch(field -> field.name().equals(name))) {
      throw Fields.invalidParam("Metadata name already exists in Built-in fields.");
    }
    if (fields.stream().anyMatch(field -> field.name().equals(name))) {
      throw Fields.invalidParam("Metadata name already exists.");
    }
  }

  private void change(String base, UnaryOperator<List<MetadataField>> change) {
    Base unused =
        library
            .bases()
            .change(
                base,
                one ->
                    one.with(
                        one.settings()
                            .withFields(
                                change.apply(one.settings().fields()),
                                one.settings().builtInFields()),
                        one.changedAt()));
  }

  void showBuiltIn(String base, boolean shown) {
    Base unused =
        library
            .bases()
            .change(
                base,
                one ->
                    one.with(
                        one.settings().withFields(one.settings().fields(), shown),
                        one.changedAt()));
  }

  private static MetadataField field(Base base, String id) {
    return base.settings().fields().stream()
        .filter(field -> field.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Failure.user("not_found", "Metadata not found.").asException());
  }

  MetadataField rename(Base base, String id, String name) {
    MetadataField before = field(base, id);
    var after = new MetadataField(id, name, before.type());
    if (before.name().equals(name)) {
      return before;
    }
    change(
        base.id(),
        fields -> {
          refuseTaken(fields, name);
          return fields.stream().map(one -> one.id().equals(id) ? after : one).toList();
        });
    inDocuments(base, before.name(), name);
    return after;
  }

  void delete(Base base, String id) {
    MetadataField field = field(base, id);
    change(base.id(), fields -> fields.stream().filter(one -> !one.id().equals(id)).toList());
    inDocuments(base, field.name(), null);
  }

  /**
   * @param name the new name, or null for none
   */
  private void inDocuments(Base base, String before, @Nullable String name) {
    for (Document document : library.documents(base.id())) {
      if (document.settings().metadata().containsKey(before)) {
        put(
            document.id(),
            values -> {
              Object value = values.remove(before);
              if (name != null && value != null) {
                values.put(name, value);
              }
            });
      }
    }
  }

  private void put(String document, java.util.function.Consumer<Map<String, Object>> change) {
    Document unused =
        library.change(
            document,
            one -> {
              Map<String, Object> values = new LinkedHashMap<>(one.settings().metadata());
              change.accept(values);
              return one.with(one.settings().with(values), one.changedAt());
            });
  }

  /** The values of one document. A null takes a value away. */
  private record Operation(
      Document document, Map<String, @Nullable Object> values, boolean partial) {}

  /** All is looked at before the first document is changed. */
  void set(Base base, Fields fields) {
    List<Operation> all = new ArrayList<>();
    for (Fields one : fields.objects("operation_data", MAX_OPERATIONS)) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (Fields item : one.objects("metadata_list", MAX_FIELDS)) {
        MetadataField field = known(base, item);
        values.put(field.name(), value(field, item));
      }
      all.add(
          new Operation(
              targets.document(one.need("document_id", MAX_ID), base),
              values,
              one.flag("partial_update", false)));
    }
    for (Operation operation : all) {
      put(
          operation.document().id(),
          values -> {
            if (!operation.partial()) {
              values.clear();
            }
            operation
                .values()
                .forEach(
                    (name, value) -> {
                      if (value == null) {
                        values.remove(name);
                      } else {
                        values.put(name, value);
                      }
                    });
          });
    }
  }

  private static MetadataField known(Base base, Fields item) {
    String id = item.need("id", MAX_ID);
    return base.settings().fields().stream()
        .filter(field -> field.id().equals(id))
        .findFirst()
        .orElseThrow(() -> item.invalid("id", id, "the id of a field of this dataset"));
  }

  private static @Nullable Object value(MetadataField field, Fields item) {
    JsonNode value = item.json().path("value");
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    if (field.type().equals("string")) {
      if (!value.isValueNode() || value.asText().length() > MAX_VALUE) {
        throw wrong(item, value, "a text of at most " + MAX_VALUE + " characters");
      }
      return value.asText();
    }
    if (value.isTextual() && value.asText().isBlank()) {
      return null;
    }
    try {
      double number = value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText());
      if (value.isValueNode() && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      throw wrong(item, value, expected(field));
    }
    throw wrong(item, value, expected(field));
  }

  private static String expected(MetadataField field) {
    return field.type().equals("time") ? "seconds since 1970" : "a number";
  }

  private static FlowException wrong(Fields item, JsonNode value, String expected) {
    return item.invalid("value", value.asText(value.toString()), expected);
  }
}
