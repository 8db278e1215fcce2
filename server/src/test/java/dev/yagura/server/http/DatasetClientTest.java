package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.knowledge.Document;
import dev.yagura.model.testkit.OpenAiStub;
import dev.yagura.server.TestServer;
import dev.yagura.server.app.Keys;
import dev.yagura.server.app.ModelRegistry;
import io.github.imfangs.dify.client.DifyClientFactory;
import io.github.imfangs.dify.client.DifyDatasetsClient;
import io.github.imfangs.dify.client.exception.DifyApiException;
import io.github.imfangs.dify.client.model.datasets.CreateDatasetRequest;
import io.github.imfangs.dify.client.model.datasets.CreateDocumentByFileRequest;
import io.github.imfangs.dify.client.model.datasets.CreateDocumentByTextRequest;
import io.github.imfangs.dify.client.model.datasets.CreateMetadataRequest;
import io.github.imfangs.dify.client.model.datasets.CreateSegmentsRequest;
import io.github.imfangs.dify.client.model.datasets.CreateTagRequest;
import io.github.imfangs.dify.client.model.datasets.DatasetResponse;
import io.github.imfangs.dify.client.model.datasets.DeleteTagRequest;
import io.github.imfangs.dify.client.model.datasets.DocumentResponse;
import io.github.imfangs.dify.client.model.datasets.OperationData;
import io.github.imfangs.dify.client.model.datasets.ProcessRule;
import io.github.imfangs.dify.client.model.datasets.RetrievalModel;
import io.github.imfangs.dify.client.model.datasets.RetrieveRequest;
import io.github.imfangs.dify.client.model.datasets.SaveChildChunkRequest;
import io.github.imfangs.dify.client.model.datasets.TagBindRequest;
import io.github.imfangs.dify.client.model.datasets.TagUnbindRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateDatasetRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateDocumentByFileRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateDocumentByTextRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateDocumentStatusRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateMetadataRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateSegmentRequest;
import io.github.imfangs.dify.client.model.datasets.UpdateTagRequest;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of Dify's knowledge API, unchanged. */
class DatasetClientTest {
  private static final ProcessRule AUTOMATIC = ProcessRule.builder().mode("automatic").build();

  @TempDir static Path folder;

  private static OpenAiStub model;
  private static TestServer server;
  private static DifyDatasetsClient client;

  @BeforeAll
  static void start() {
    model = new OpenAiStub();
    server = new TestServer(folder, Map.of());
    server.engine().models().register("openai", Map.of("base-url", model.url()), List.of());
    server.engine().models().system(ModelRegistry.Kind.EMBEDDING, "openai", "e");
    client =
        DifyClientFactory.createDatasetsClient(
            server.url() + "/v1", server.engine().keys().make(Keys.Kind.DATASET, "").token());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  private static String dataset(String name) throws Exception {
    return client
        .createDataset(
            CreateDatasetRequest.builder()
                .name(name)
                .indexingTechnique("high_quality")
                .permission("only_me")
                .build())
        .getId();
  }

  private static CreateDocumentByTextRequest text(String name, String text) {
    return CreateDocumentByTextRequest.builder()
        .name(name)
        .text(text)
        .indexingTechnique("high_quality")
        .processRule(AUTOMATIC)
        .build();
  }

  private static String done(DocumentResponse response) throws InterruptedException {
    String id = response.getDocument().getId();
    Document document = server.engine().library().await(id);
    assertThat(document.state()).as(document.error()).isEqualTo(Document.State.COMPLETED);
    return id;
  }

  @Test
  void datasets() throws Exception {
    DatasetResponse made =
        client.createDataset(
            CreateDatasetRequest.builder().name("Client").description("of a client").build());
    assertThat(made.getName()).isEqualTo("Client");
    assertThat(made.getProvider()).isEqualTo("vendor");
    assertThat(made.getEmbeddingModel()).isEqualTo("e");
    assertThat(made.getCreatedAt()).isPositive();
    assertThat(client.getDatasets(1, 100).getData())
        .extracting(one -> one.getId())
        .contains(made.getId());
    assertThat(client.getDatasets("clie", 1, 20).getTotal()).isEqualTo(1);
    var change = new UpdateDatasetRequest();
    change.setName("Changed");
    change.setIndexingTechnique("economy");
    DatasetResponse changed = client.updateDataset(made.getId(), change);
    assertThat(changed.getName()).isEqualTo("Changed");
    assertThat(client.getDataset(made.getId()).getIndexingTechnique()).isEqualTo("economy");
    assertThat(client.getDataset(made.getId()).getRetrievalModelDict().getSearchMethod())
        .isEqualTo("keyword_search");
    assertThat(client.deleteDataset(made.getId()).getResult()).isEqualTo("success");
    assertThatThrownBy(() -> client.getDataset(made.getId()))
        .isInstanceOfSatisfying(
            DifyApiException.class,
            refused -> {
              assertThat(refused.getStatusCode()).isEqualTo(404);
              assertThat(refused.getErrorCode()).isEqualTo("not_found");
            });
  }

  @Test
  void documents_by_text() throws Exception {
    String dataset = dataset("Texts");
    DocumentResponse made =
        client.createDocumentByText(dataset, text("Runbook", "Isolate the host."));
    String id = done(made);
    var status = client.getIndexingStatus(dataset, made.getBatch()).getData().getFirst();
    assertThat(status.getId()).isEqualTo(id);
    assertThat(status.getIndexingStatus()).isEqualTo("completed");
    assertThat(status.getCompletedSegments()).isEqualTo(status.getTotalSegments()).isEqualTo(1);
    DocumentResponse updated =
        client.updateDocumentByText(
            dataset,
            id,
            UpdateDocumentByTextRequest.builder().name("Other").text("Rotate the keys.").build());
    assertThat(done(updated)).isEqualTo(id);
    var list = client.getDocuments(dataset, "other", 1, 20);
    assertThat(list.getTotal()).isEqualTo(1);
    assertThat(list.getHasMore()).isFalse();
    assertThat(list.getData().getFirst().getDisplayStatus()).isEqualTo("available");
    var detail = client.getDocumentDetail(dataset, id, "all");
    assertThat(detail.getName()).isEqualTo("Other");
    assertThat(detail.getSegmentCount()).isEqualTo(1);
    assertThat(detail.getDatasetProcessRule().getMode()).isEqualTo("automatic");
    var ids = UpdateDocumentStatusRequest.builder().documentIds(List.of(id)).build();
    assertThat(client.updateDocumentStatus(dataset, "disable", ids).getResult())
        .isEqualTo("success");
    assertThat(client.getDocumentDetail(dataset, id, "without").getEnabled()).isFalse();
    client.deleteDocument(dataset, id);
    assertThat(client.getDocuments(dataset, null, 1, 20).getTotal()).isZero();
  }

  @Test
  void documents_by_file() throws Exception {
    String dataset = dataset("Files");
    File file = Files.writeString(folder.resolve("手順.md"), "# Host\n\nIsolate it.").toFile();
    var request =
        CreateDocumentByFileRequest.builder()
            .indexingTechnique("high_quality")
            .processRule(AUTOMATIC)
            .build();
    DocumentResponse made = client.createDocumentByFile(dataset, request, file);
    assertThat(made.getDocument().getName()).isEqualTo("手順.md");
    String id = done(made);
    var content = new ByteArrayInputStream("One line.".getBytes(StandardCharsets.UTF_8));
    String other = done(client.createDocumentByFile(dataset, request, content, "stream.txt"));
    assertThat(other).isNotEqualTo(id);
    File newer = Files.writeString(folder.resolve("newer.md"), "Isolate it now.").toFile();
    DocumentResponse updated =
        client.updateDocumentByFile(
            dataset, id, UpdateDocumentByFileRequest.builder().name("newer.md").build(), newer);
    assertThat(done(updated)).isEqualTo(id);
    assertThat(client.getDocumentDetail(dataset, id, "all").getName()).isEqualTo("newer.md");
  }

  @Test
  void segments_and_retrieval() throws Exception {
    String dataset = dataset("Segments");
    String id = done(client.createDocumentByText(dataset, text("Runbook", "Isolate the host.")));
    var added =
        client.createSegments(
            dataset,
            id,
            CreateSegmentsRequest.builder()
                .segments(
                    List.of(
                        CreateSegmentsRequest.SegmentInfo.builder()
                            .content("Revoke the session.")
                            .keywords(List.of("session"))
                            .build()))
                .build());
    String segment = added.getData().getFirst().getId();
    assertThat(added.getDocForm()).isEqualTo("text_model");
    assertThat(client.getSegments(dataset, id, "revoke", "completed", 1, 20).getTotal())
        .isEqualTo(1);
    assertThat(client.getSegments(dataset, id, null, null).getData()).hasSize(2);
    var update =
        UpdateSegmentRequest.builder()
            .segment(
                UpdateSegmentRequest.SegmentInfo.builder()
                    .content("Revoke every session.")
                    .enabled(true)
                    .build())
            .build();
    assertThat(client.updateSegment(dataset, id, segment, update).getData().getContent())
        .isEqualTo("Revoke every session.");
    assertThat(client.getSegment(dataset, id, segment).getData().getStatus())
        .isEqualTo("completed");
    var search =
        RetrievalModel.builder()
            .searchMethod("hybrid_search")
            .rerankingEnable(false)
            .topK(1)
            .scoreThresholdEnabled(false)
            .build();
    var found =
        client.retrieveDataset(
            dataset,
            RetrieveRequest.builder().query("revoke session").retrievalModel(search).build());
    assertThat(found.getQuery().getContent()).isEqualTo("revoke session");
    assertThat(found.getRecords()).hasSize(1);
    assertThat(found.getRecords().getFirst().getSegment().getId()).isEqualTo(segment);
    assertThat(found.getRecords().getFirst().getSegment().getDocument().getName())
        .isEqualTo("Runbook");
    assertThat(found.getRecords().getFirst().getScore()).isPositive();
    client.deleteSegment(dataset, id, segment);
    assertThat(client.getSegments(dataset, id, null, null).getData()).hasSize(1);
  }

  @Test
  void child_chunks() throws Exception {
    String dataset = dataset("Children");
    var rule =
        ProcessRule.builder()
            .mode("hierarchical")
            .rules(
                ProcessRule.Rules.builder()
                    .preProcessingRules(List.of())
                    .segmentation(
                        ProcessRule.Segmentation.builder().separator("\n\n").maxTokens(500).build())
                    .parentMode("paragraph")
                    .subchunkSegmentation(
                        ProcessRule.SubchunkSegmentation.builder()
                            .separator("\n")
                            .maxTokens(100)
                            .build())
                    .build())
            .build();
    CreateDocumentByTextRequest request = text("Family", "First line.\nSecond line.");
    request.setDocForm("hierarchical_model");
    request.setProcessRule(rule);
    String id = done(client.createDocumentByText(dataset, request));
    String parent = client.getSegments(dataset, id, null, null).getData().getFirst().getId();
    var chunks = client.getChildChunks(dataset, id, parent, null, 1, 20);
    assertThat(chunks.getData()).extracting(one -> one.getContent()).hasSize(2);
    String chunk =
        client
            .createChildChunk(
                dataset, id, parent, SaveChildChunkRequest.builder().content("Third.").build())
            .getData()
            .getId();
    assertThat(
            client
                .updateChildChunk(
                    dataset,
                    id,
                    parent,
                    chunk,
                    SaveChildChunkRequest.builder().content("Last.").build())
                .getData()
                .getContent())
        .isEqualTo("Last.");
    client.deleteChildChunks(dataset, id, parent, chunk);
    assertThat(client.getChildChunks(dataset, id, parent, "line", 1, 20).getTotal()).isEqualTo(2);
  }

  @Test
  void metadata() throws Exception {
    String dataset = dataset("Metadata");
    String id = done(client.createDocumentByText(dataset, text("Runbook", "Isolate the host.")));
    var made =
        client.createMetadata(
            dataset, CreateMetadataRequest.builder().type("string").name("team").build());
    var renamed =
        client.updateMetadata(
            dataset, made.getId(), UpdateMetadataRequest.builder().name("owner").build());
    assertThat(renamed.getName()).isEqualTo("owner");
    var value =
        OperationData.Metadata.builder().id(made.getId()).name("owner").value("blue").build();
    assertThat(
            client
                .updateDocumentMetadata(
                    dataset,
                    List.of(
                        OperationData.builder()
                            .documentId(id)
                            .metadataList(List.of(value))
                            .build()))
                .getResult())
        .isEqualTo("success");
    var fields = client.getDocMetadataList(dataset);
    assertThat(fields.getDocMetadata().getFirst().getUseCount()).isEqualTo(1);
    assertThat(fields.getBuiltInFieldEnabled()).isFalse();
    assertThat(client.getDocuments(dataset, null, 1, 20).getData().getFirst().getDocMetadata())
        .singleElement()
        .satisfies(field -> assertThat(field).containsEntry("value", "blue"));
    String unused = client.deleteMetadata(dataset, made.getId());
    assertThat(client.getDocMetadataList(dataset).getDocMetadata()).isEmpty();
  }

  @Test
  void tags_and_models() throws Exception {
    String dataset = dataset("Tagged");
    String tag = client.createTag(CreateTagRequest.builder().name("cloud").build()).getId();
    assertThat(
            client
                .updateTag(UpdateTagRequest.builder().tagId(tag).name("clouds").build())
                .getName())
        .isEqualTo("clouds");
    client.bindTags(TagBindRequest.builder().tagIds(List.of(tag)).targetId(dataset).build());
    assertThat(client.getDatasetTags(dataset).getTotal()).isEqualTo(1);
    assertThat(client.getTags().getFirst().getBindingCount()).isEqualTo(1);
    assertThat(client.getDatasetsByTags(List.of(tag), 1, 20).getTotal()).isEqualTo(1);
    client.unbindTag(TagUnbindRequest.builder().tagId(tag).targetId(dataset).build());
    client.deleteTag(DeleteTagRequest.builder().tagId(tag).build());
    assertThat(client.getTags()).isEmpty();
    assertThat(
            client.getEmbeddingModelList().getData().getFirst().getModels().getFirst().getModel())
        .isEqualTo("e");
  }
}
