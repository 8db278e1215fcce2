package dev.yagura.dify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every real export that lies beside the project is imported. Skipped where the folder is absent.
 */
class RealFilesTest {
  private static final Path FOLDER = Path.of("../../shared/data/dsl");

  @TestFactory
  Stream<DynamicTest> every_real_file_is_imported() throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "skipped: no folder " + FOLDER);
    List<Path> files;
    try (var listed = Files.list(FOLDER)) {
      files = listed.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      Imported imported =
                          DifyReader.read(file.getFileName().toString(), Files.readString(file));
                      assertThat(imported.workflow()).as("%s", imported.problems()).isPresent();
                      assertThat(imported.workflow().orElseThrow().graph().nodes()).isNotEmpty();
                    }));
  }
}
