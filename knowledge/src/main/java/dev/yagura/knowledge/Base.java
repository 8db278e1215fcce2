package dev.yagura.knowledge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A knowledge base; Dify calls it a dataset.
 *
 * @param servedModel {@code provider/model} of the vectors that retrieval uses, or empty; another
 *     one than the settings say while vectors are being made anew
 */
public record Base(
    String id,
    String name,
    String description,
    Settings settings,
    String servedModel,
    Instant createdAt,
    Instant changedAt) {
  /**
   * @param form of its documents
   * @param economy without vectors
   * @param embeddingModel {@code provider/model}; empty for the system's
   * @param search how it is searched where the question does not say
   * @param fields of metadata
   */
  public record Settings(
      DocumentForm form,
      boolean economy,
      String embeddingModel,
      Search search,
      List<MetadataField> fields,
      boolean builtInFields) {
    public static final Settings DEFAULT =
        new Settings(DocumentForm.TEXT, false, "", Search.DEFAULT, List.of(), false);

    public Settings {
      fields = Collections.unmodifiableList(new ArrayList<>(fields));
    }

    public Settings withFields(List<MetadataField> others, boolean builtIn) {
      return new Settings(form, economy, embeddingModel, search, others, builtIn);
    }

    public Settings withForm(DocumentForm other) {
      return new Settings(other, economy, embeddingModel, search, fields, builtInFields);
    }
  }

  /**
   * @param type {@code string}, {@code number} or {@code time} (epoch seconds)
   */
  public record MetadataField(String id, String name, String type) {}

  public static Base of(String id, String name, Instant now) {
    return new Base(id, name, "", Settings.DEFAULT, "", now, now);
  }

  public Base with(Settings others, Instant now) {
    return new Base(id, name, description, others, servedModel, createdAt, now);
  }

  public Base named(String newName, String newDescription, Instant now) {
    return new Base(id, newName, newDescription, settings, servedModel, createdAt, now);
  }

  public Base serving(String model) {
    return new Base(id, name, description, settings, model, createdAt, changedAt);
  }
}
