package dev.yagura.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Secret;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import dev.yagura.server.secret.MasterKey;
import dev.yagura.server.secret.Vault;
import java.util.Optional;

/** Opens the vault, and finds out about a wrong key before anything is listened on. */
final class VaultOpening {
  private static final String CHECK = "master key";

  private VaultOpening() {}

  /**
   * @param check holds a text that only the right key opens
   */
  static Vault open(Config config, JsonRecords check) {
    Optional<ObjectNode> before = check.find(CHECK);
    Vault vault =
        new Vault(MasterKey.of(config.data(), config.secret(Key.MASTER_KEY), before.isEmpty()));
    if (before.isEmpty()) {
      check.put(CHECK, JsonRecords.object().put("sealed", vault.seal(new Secret(CHECK), CHECK)));
    } else {
      Secret unused = vault.open(before.get().path("sealed").asText(), CHECK);
    }
    return vault;
  }
}
