package dev.yagura.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.server.secret.MasterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("yagura.yml"), text);
  }

  @Test
  void the_command_line_counts_before_the_environment_and_that_before_the_file() throws Exception {
    Path file =
        file(
            "bind: 127.0.0.1:1\n"
                + "language: ja\n"
                + "runs: {concurrent: 7}\n"
                + "egress:\n"
                + "  allow: [a.b, 10.0.0.0/8]\n");
    Config config =
        ConfigReader.read(
            file,
            Map.of("YAGURA_BIND", "127.0.0.1:2", "YAGURA_LANGUAGE", "en"),
            Map.of(Key.BIND, "127.0.0.1:3"));
    assertThat(config.port()).isEqualTo(3);
    assertThat(config.language().text()).isEqualTo("en");
    assertThat(config.count(Key.RUNS_CONCURRENT)).isEqualTo(7);
    assertThat(config.egress().allowed()).containsExactly("a.b", "10.0.0.0/8");
  }

  @Test
  void all_mistakes_are_named_at_once() throws Exception {
    Path file = file("bnd: 127.0.0.1:1\nlanguage: fr\nruns: {concurent: 7}\n");
    assertThatThrownBy(
            () -> ConfigReader.read(file, Map.of("YAGURA_RUNS_SECONDS", "soon"), Map.of()))
        .hasMessageContaining("yagura.yml:1:")
        .hasMessageContaining("did you mean bind?")
        .hasMessageContaining("language: 'fr' (expected: ja or en)")
        .hasMessageContaining("did you mean runs.concurrent?")
        .hasMessageContaining("YAGURA_RUNS_SECONDS");
  }

  @Test
  void a_master_key_is_made_for_its_owner_alone_and_refused_when_others_may_read_it()
      throws Exception {
    byte[] key = MasterKey.of(folder, Optional.empty(), true);
    Path file = folder.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(MasterKey.of(folder, Optional.empty(), true)).isEqualTo(key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> MasterKey.of(folder, Optional.empty(), true))
        .hasMessageContaining("chmod 600");
    Files.delete(file);
    assertThatThrownBy(() -> MasterKey.of(folder, Optional.empty(), false))
        .hasMessageContaining("expected: the file from a backup");
    assertThat(file).doesNotExist();
  }

  @Test
  void the_documentation_lists_every_key() throws Exception {
    Path document =
        Path.of(System.getProperty("user.dir")).resolve("../docs/configuration.md").normalize();
    String expected = document();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(document, expected);
    }
    assertThat(Files.readString(document)).isEqualTo(expected);
  }

  private static String document() {
    var text = new StringBuilder();
    text.append("# Configuration\n\n")
        .append(
            "One YAML file (`--config FILE` or `YAGURA_CONFIG`), environment variables, and the")
        .append(
            " command line\n(`--set KEY=VALUE`), in that order: what comes later counts. A dot is")
        .append(
            " a level in the file. Unknown keys and\n"
                + "wrong values stop the start, all of them named")
        .append(" at once. A secret is given by reference: `env:NAME` or `file:PATH`.\n\n")
        .append("| key | variable | default | meaning |\n|---|---|---|---|\n");
    for (Key key : Key.values()) {
      String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
      text.append("| `" + key.path() + "` | `" + key.variable() + "` | " + fallback + " | ")
          .append(key.doc())
          .append(" |\n");
    }
    return text.toString();
  }
}
