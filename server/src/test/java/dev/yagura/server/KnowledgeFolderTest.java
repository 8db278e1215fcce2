package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.InMemoryKnowledge;
import dev.yagura.knowledge.Library;
import dev.yagura.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folder is in the knowledge, and nothing else. */
class KnowledgeFolderTest {
  @TempDir Path folder;

  @Test
  void documents_come_change_and_go_with_their_files() throws Exception {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks/ec2"));
    Path plan = Files.writeString(runbooks.resolve("plan.md"), "the blue plan");
    Files.writeString(runbooks.resolve("broken.pdf"), "no pdf");
    Files.writeString(runbooks.resolve("program.exe"), "MZ");
    Files.createSymbolicLink(
        runbooks.resolve("secret.txt"), Files.writeString(folder.resolve("secret"), "s"));
    try (var library =
        new Library(
            new Library.Ports(
                new InMemoryKnowledge(),
                Models.NONE,
                Clock.systemUTC(),
                folder.resolve("knowledge"),
                1,
                time -> {}))) {
      library.open();
      var watched = new KnowledgeFolder(library, "Runbooks", folder.resolve("runbooks"));
      assertThat(names(library, watched))
          .containsExactly("ec2/broken.pdf FAILED", "ec2/plan.md COMPLETED");
      Files.writeString(plan, "the green plan, which is longer");
      Files.delete(runbooks.resolve("broken.pdf"));
      assertThat(names(library, watched)).containsExactly("ec2/plan.md COMPLETED");
      Base base = library.bases().find("Runbooks").orElseThrow();
      Document document = library.documents(base.id()).getFirst();
      assertThat(library.editing().shown(document).getFirst().text()).contains("green");
      var gone = new KnowledgeFolder(library, "Runbooks", folder.resolve("nowhere"));
      assertThat(names(library, gone)).as("a folder that is away loses nothing").hasSize(1);
    }
  }

  private static List<String> names(Library library, KnowledgeFolder folder) throws Exception {
    folder.look();
    Base base = library.bases().find("Runbooks").orElseThrow();
    for (Document document : library.documents(base.id())) {
      Document unused = library.await(document.id());
    }
    return library.documents(base.id()).stream()
        .map(document -> document.name() + " " + document.state())
        .toList();
  }
}
