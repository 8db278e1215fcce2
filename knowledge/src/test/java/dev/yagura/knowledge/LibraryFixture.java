package dev.yagura.knowledge;

import dev.yagura.knowledge.Knowledge.Question;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A library over a folder, which can be closed and opened again. */
abstract class LibraryFixture {
  @TempDir Path folder;

  final InMemoryKnowledge store = new InMemoryKnowledge();
  final TestModels models = new TestModels();
  int parallel = 4;

  Library library() {
    var library =
        new Library(
            new Library.Ports(
                store,
                models,
                Clock.systemUTC(),
                folder.resolve("knowledge"),
                parallel,
                time -> {}));
    library.open();
    return library;
  }

  Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  static Document.Settings automatic(String name) {
    return Document.Settings.of(
        Extractors.kind(name), DocumentForm.TEXT, "", ProcessRule.AUTOMATIC);
  }

  static Document.Settings questions(String name) {
    return Document.Settings.of(
        Extractors.kind(name), DocumentForm.QUESTIONS, "Japanese", ProcessRule.AUTOMATIC);
  }

  static Library.Accepted add(Library library, Base base, String name, Path file)
      throws InterruptedException {
    return library.add(base, name, file, automatic(name));
  }

  static Knowledge.Answer ask(Library library, Base base, String text, int topK)
      throws InterruptedException {
    return library.retrieve(Question.of(List.of(base.id()), text, Search.DEFAULT.top(topK, 0)));
  }

  static Hit top(Library library, Base base, String text) throws InterruptedException {
    return ask(library, base, text, 3).hits().getFirst();
  }
}
