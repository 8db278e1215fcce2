package dev.yagura.server.http.dataset;

import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.server.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What requests say about documents and, with the first document of a dataset, about the dataset.
 */
final class DocumentOrders {
  private static final int MAX_LANGUAGE = 255;
  private static final String DEFAULT_LANGUAGE = "English";

  private final Engine engine;
  private final DatasetExtras extras;

  DocumentOrders(Engine engine, DatasetExtras extras) {
    this.engine = engine;
    this.extras = extras;
  }

  /** How a document is worked on. */
  record Order(DocumentForm form, String language, ProcessRule rule) {}

  /**
   * @param documents that the dataset has
   */
  Order ofNew(Base base, List<Document> documents, Fields fields) {
    Optional<Fields> given = fields.object("process_rule");
    ProcessRule rule =
        given
            .map(ProcessRules::read)
            .or(
                () ->
                    documents.stream()
                        .max(Comparator.comparing(Document::changedAt))
                        .map(last -> last.settings().rule()))
            .orElseThrow(() -> Fields.invalidParam("process_rule is required."));
    Optional<DocumentForm> said = form(fields);
    DocumentForm form =
        documents.isEmpty()
            ? said.orElse(
                given.filter(ProcessRules::isHierarchical).isPresent()
                    ? DocumentForm.PARENT_CHILD
                    : DocumentForm.TEXT)
            : base.settings().form();
    if (said.isPresent() && said.get() != form) {
      throw Fields.invalidParam(
          "doc_form is different from the dataset doc_form. (expected: " + form.wire() + ")");
    }
    check(given, form);
    return new Order(form, language(fields, form, ""), rule);
  }

  /** What is not said stays as it is. */
  Order ofChanged(Document before, Fields fields) {
    Document.Settings settings = before.settings();
    Optional<Fields> given = fields.object("process_rule");
    Optional<DocumentForm> said = form(fields);
    if (said.isPresent() && said.get() != settings.form()) {
      throw Fields.invalidParam(
          "doc_form is different from the dataset doc_form. (expected: "
              + settings.form().wire()
              + ")");
    }
    check(given, settings.form());
    return new Order(
        settings.form(),
        language(fields, settings.form(), settings.language()),
        given.map(ProcessRules::read).orElse(settings.rule()));
  }

  private static Optional<DocumentForm> form(Fields fields) {
    return fields
        .choice("doc_form", "text_model", "qa_model", "hierarchical_model")
        .flatMap(DocumentForm::of);
  }

  private static void check(Optional<Fields> rule, DocumentForm form) {
    if (form != DocumentForm.PARENT_CHILD
        && rule.filter(ProcessRules::isHierarchical).isPresent()) {
      throw Fields.invalidParam(
          "process_rule.mode", "hierarchical", "automatic or custom, for " + form.wire());
    }
  }

  private static String language(Fields fields, DocumentForm form, String before) {
    Optional<String> said =
        fields.text("doc_language", MAX_LANGUAGE).filter(text -> !text.isBlank());
    if (said.isEmpty() && before.isEmpty() && form == DocumentForm.QUESTIONS) {
      throw Fields.invalidParam(
          "doc_language: Field required (expected: the language of the questions, for example"
              + " Japanese, because doc_form is qa_model)");
    }
    return said.orElse(before.isEmpty() ? DEFAULT_LANGUAGE : before);
  }

  /** The first document decides what its dataset is; checks it for every document. */
  Base prepare(Base base, List<Document> documents, Fields fields, Order order) {
    Optional<String> technique = fields.choice("indexing_technique", "high_quality", "economy");
    DatasetExtras.Extra extra = extras.of(base.id());
    if (extra.undecided() && technique.isEmpty()) {
      throw Fields.invalidParam("indexing_technique is required.");
    }
    boolean economy =
        extra.undecided()
            ? technique.filter("economy"::equals).isPresent()
            : base.settings().economy();
    if (economy && order.form() != DocumentForm.TEXT) {
      throw Fields.invalidParam("Indexing technique must be high quality.");
    }
    if (!documents.isEmpty()) {
      return base;
    }
    Base.Settings before = base.settings();
    var settings =
        new Base.Settings(
            order.form(),
            economy,
            EmbeddingChoice.of(fields, engine.models()).orElse(before.embeddingModel()),
            fields
                .object("retrieval_model")
                .map(model -> RetrievalModels.read(model, before.search()))
                .orElse(before.search()),
            before.fields(),
            before.builtInFields());
    Base changed =
        engine
            .library()
            .bases()
            .change(base.id(), one -> one.with(settings, engine.clock().instant()));
    extras.put(base.id(), extra.decided());
    return changed;
  }
}
