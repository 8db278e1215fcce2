package dev.yagura.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.KnowledgeStore;
import dev.yagura.knowledge.Segment;
import dev.yagura.knowledge.testkit.KnowledgeStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKnowledgeTest extends KnowledgeStoreContract {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder, InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void knowledge_of_the_schema_before_is_kept_with_its_vectors() throws Exception {
    Path older = folder.resolve("older");
    Files.createDirectories(older);
    String url = "jdbc:sqlite:" + older.resolve("yagura.db");
    Flyway.configure().dataSource(url, null, null).target("2").load().migrate();
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "INSERT INTO knowledge_bases VALUES ('b', 'Runbooks', 5)",
              "INSERT INTO knowledge_documents VALUES ('d', 'b', 'a.md', 'h', '', 1, 4, 6)",
              "INSERT INTO knowledge_documents VALUES ('e', 'b', 'e.md', 'h', 'damaged', 0, 0, 6)",
              "INSERT INTO knowledge_segments VALUES"
                  + " ('d-000001', 'b', 'd', 1, 'H', 'text', 3, x'3F80000040000000', 'm')")) {
        int unused = statement.executeUpdate(sql);
      }
    }
    try (Store opened = Store.open(older, InstantSource.system())) {
      KnowledgeStore knowledge = opened.knowledge();
      assertThat(knowledge.bases().getFirst().servedModel()).isEqualTo("m");
      Document document = knowledge.document("b", "a.md").orElseThrow();
      assertThat(document.isServed()).isTrue();
      assertThat(document.counts().segments()).isEqualTo(1);
      assertThat(knowledge.document("e").orElseThrow().state()).isEqualTo(Document.State.FAILED);
      Segment segment = knowledge.segments("d", document.generation(), "", 9).getFirst();
      assertThat(segment.text()).isEqualTo("text");
      assertThat(knowledge.vectors(List.of(segment.id())).getFirst().numbers())
          .containsExactly(1, 2);
    }
  }

  @Override
  protected KnowledgeStore knowledge() {
    return store.knowledge();
  }
}
