package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.knowledge.text.Block;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.knowledge.text.Segmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents that make patterns look again and again: each ends, long before the deadline. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDocumentTest {
  private static final int LONG = 300_000;

  @TempDir Path folder;

  private List<Block> markdown(String text) throws IOException {
    return Extractors.read("a.md", Files.writeString(folder.resolve("a.md"), text));
  }

  @Test
  void markdown_of_marks_alone() throws IOException {
    assertThat(markdown("[".repeat(LONG))).hasSize(1);
    assertThat(markdown("[a](".repeat(LONG / 4))).hasSize(1);
    assertThat(markdown("<a ".repeat(LONG / 3))).hasSize(1);
    assertThat(markdown("{#".repeat(LONG / 2))).hasSize(1);
    assertThat(markdown("# a" + " ".repeat(LONG) + "b")).hasSize(1);
    assertThat(markdown("## [Title](x) <a name=\"y\"></a> ##\ntext").getFirst())
        .isEqualTo(new Block(2, "Title", 0));
  }

  @Test
  void text_without_any_place_to_cut() {
    assertThat(Segmenter.segment(List.of(new Block(0, "x".repeat(5_000_000), 0)))).hasSize(3334);
  }
}
