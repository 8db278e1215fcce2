package dev.yagura.knowledge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Document.State;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.KnowledgeStore;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.Search;
import dev.yagura.knowledge.Segment;
import dev.yagura.knowledge.Segment.Kind;
import dev.yagura.knowledge.text.Cut;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each store keeps bases, documents, segments and vectors like this. */
public abstract class KnowledgeStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  protected abstract KnowledgeStore knowledge();

  private static Base base(String id) {
    return Base.of(id, "Base " + id, NOW);
  }

  private static Document document(String id, String name) {
    return new Document(
        id,
        "b",
        name,
        "hash",
        0,
        State.WAITING,
        "",
        "",
        Document.Settings.of("md", DocumentForm.TEXT, "", ProcessRule.AUTOMATIC),
        Document.Counts.NONE,
        NOW,
        NOW);
  }

  private static Segment segment(String document, int generation, int position, String text) {
    return segment(document, generation, position, text, "", Kind.TEXT);
  }

  private static Segment segment(
      String document, int generation, int position, String text, String parent, Kind kind) {
    return new Segment(
        document + "-" + generation + "-" + position,
        "b",
        document,
        generation,
        parent,
        kind,
        position,
        "Heading",
        text,
        "",
        7,
        true,
        Segment.State.COMPLETED,
        "",
        NOW);
  }

  private static Segment.Vector vector(Segment segment, String model, float... numbers) {
    return new Segment.Vector(segment.id(), model, numbers);
  }

  @Test
  void bases_and_documents_come_back_as_they_were() {
    KnowledgeStore store = knowledge();
    var settings =
        new Base.Settings(
            DocumentForm.QUESTIONS,
            true,
            "bedrock/titan",
            new Search(Search.Mode.SEMANTIC, 7, 0.5, 0.3, false),
            List.of(new Base.MetadataField("f", "year", "number")),
            true);
    Base base = base("b").with(settings, NOW).named("名前", "why", NOW).serving("bedrock/titan");
    store.putBase(base);
    assertThat(store.bases()).containsExactly(base);
    var rule =
        new ProcessRule(
            ProcessRule.Mode.CUSTOM, false, true, new Cut("###", 99, 9), true, Cut.CHILD);
    Document document =
        document("d", "手順.md")
            .with(
                Document.Settings.of("md", DocumentForm.QUESTIONS, "Japanese", rule)
                    .with(Map.of("year", 2026.5, "team", "red"))
                    .found(false, true)
                    .from("api", "20260102")
                    .spending(1.5),
                NOW)
            .with(new Document.Counts(3, 30, 4, 2, 1_000, 0.25))
            .noting("a note")
            .to(State.FAILED, "why", NOW.plusMillis(5));
    store.putDocument(document);
    assertThat(store.document("d")).contains(document);
    assertThat(store.document("b", "手順.md")).contains(document);
    assertThat(store.documents("b")).containsExactly(document);
    assertThat(store.document("b", "other")).isEmpty();
    Document renamed = document.named("plan.md", NOW);
    store.putDocument(renamed);
    assertThat(store.documents("b")).containsExactly(renamed);
  }

  @Test
  void work_that_is_not_over_is_found_again_the_oldest_first() {
    KnowledgeStore store = knowledge();
    store.putDocument(document("new", "new").to(State.INDEXING, "", NOW.plusSeconds(5)));
    store.putDocument(document("old", "old").to(State.PAUSED, "", NOW));
    store.putDocument(document("done", "done").to(State.COMPLETED, "", NOW));
    store.putDocument(document("bad", "bad").to(State.FAILED, "why", NOW));
    assertThat(store.unfinished()).extracting(Document::id).containsExactly("old", "new");
  }

  @Test
  void segments_come_in_order_and_in_pages_and_a_new_generation_replaces_the_old() {
    KnowledgeStore store = knowledge();
    Document document = document("d", "d");
    store.putSegments(document, List.of(segment("d", 1, 2, "two"), segment("d", 1, 1, "one")));
    store.putSegments(document, List.of(segment("d", 2, 1, "newer")));
    assertThat(store.segments("d", 1, "", 9))
        .extracting(Segment::text)
        .containsExactly("one", "two");
    assertThat(store.segments("d", 1, "d-1-1", 9)).extracting(Segment::text).containsExactly("two");
    assertThat(store.segments("d", 1, "", 1)).hasSize(1);
    assertThat(store.segment("d-1-2")).contains(segment("d", 1, 2, "two"));
    Document served = document.serving(2, "hash2", NOW);
    store.serve(served);
    assertThat(store.document("d")).contains(served);
    assertThat(store.segments("d", 1, "", 9)).isEmpty();
    assertThat(store.segments("d", 2, "", 9)).hasSize(1);
    store.dropGeneration("d", 2);
    assertThat(store.segments("d", 2, "", 9)).isEmpty();
  }

  @Test
  void vectors_belong_to_a_model_and_go_with_what_they_are_made_of() {
    KnowledgeStore store = knowledge();
    store.putBase(base("b"));
    Document document = document("d", "d").serving(1, "hash", NOW);
    Segment one = segment("d", 1, 1, "one");
    Segment two = segment("d", 1, 2, "two");
    store.putSegments(document, List.of(one, two, segment("d", 1, 3, "p", "", Kind.PARENT)));
    assertThat(store.withoutVector("d", 1, "m", 9))
        .extracting(Segment::id)
        .containsExactly(one.id(), two.id());
    assertThat(store.documentsWithoutVectors("b", "m")).containsExactly("d");
    store.putVectors(document, List.of(vector(one, "m", 1, -2.5f), vector(two, "m", 3, 4)));
    store.putVectors(document, List.of(vector(one, "n", 5, 6, 7)));
    assertThat(store.documentsWithoutVectors("b", "m")).isEmpty();
    assertThat(store.withoutVector("d", 1, "n", 9)).containsExactly(two);
    assertThat(store.vectors(List.of(one.id())))
        .extracting(Segment.Vector::model)
        .containsExactlyInAnyOrder("m", "n");
    assertThat(store.vectors(List.of(two.id())).getFirst().numbers()).containsExactly(3, 4);
    store.putSegments(document, List.of(two.saying("changed", "", true, NOW)));
    assertThat(store.withoutVector("d", 1, "m", 9))
        .extracting(Segment::id)
        .containsExactly(two.id());
    store.keepVectors("b", "m");
    assertThat(store.vectors(List.of(one.id())))
        .extracting(Segment.Vector::model)
        .containsExactly("m");
    store.putVectors(document, List.of(vector(segment("d", 1, 99, "gone"), "m", 1)));
    assertThat(store.vectors(List.of("d-1-99"))).isEmpty();
  }

  @Test
  void the_same_text_in_a_newer_generation_needs_no_second_vector() {
    KnowledgeStore store = knowledge();
    Document document = document("d", "d").serving(1, "hash", NOW);
    Segment old = segment("d", 1, 1, "same");
    store.putSegments(document, List.of(old));
    store.putVectors(document, List.of(vector(old, "m", 1, 2)));
    store.putSegments(document, List.of(segment("d", 2, 1, "other"), segment("d", 2, 2, "same")));
    assertThat(store.copyVectors("d", 2, "m")).isEqualTo(1);
    assertThat(store.copyVectors("d", 2, "m")).isZero();
    assertThat(store.withoutVector("d", 2, "m", 9))
        .extracting(Segment::text)
        .containsExactly("other");
    assertThat(store.vectors(List.of("d-2-2")).getFirst().numbers()).containsExactly(1, 2);
  }

  @Test
  void what_is_deleted_takes_its_parts_along() {
    KnowledgeStore store = knowledge();
    store.putBase(base("b"));
    Document document = document("d", "d").serving(1, "hash", NOW);
    Segment parent = segment("d", 1, 1, "parent", "", Kind.PARENT);
    Segment child = segment("d", 1, 2, "child", parent.id(), Kind.CHILD);
    Segment other = segment("d", 1, 3, "other");
    store.putSegments(document, List.of(parent, child, other));
    store.putVectors(document, List.of(vector(child, "m", 1), vector(other, "m", 1)));
    store.deleteSegments(document, List.of(parent.id()));
    assertThat(store.segments("d", 1, "", 9)).containsExactly(other);
    assertThat(store.vectors(List.of(child.id()))).isEmpty();
    store.deleteDocument("d");
    assertThat(store.vectors(List.of(other.id()))).isEmpty();
    store.putSegments(document, List.of(other));
    store.deleteBase("b");
    assertThat(store.bases()).isEmpty();
    assertThat(store.documents("b")).isEmpty();
    assertThat(store.segment(other.id())).isEmpty();
  }
}
