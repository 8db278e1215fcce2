package dev.yagura.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How the command line finds the server that has a data folder: its address and the administrator's
 * token, in a file for its owner alone.
 */
public final class Running {
  private static final String FILE = "server.json";
  private static final int TOKEN_BYTES = 24;

  private final Path file;

  public Running(Path data) {
    this.file = data.resolve(FILE);
  }

  /** Where a server listens and the token that opens it. */
  public record Server(String url, Secret token) {}

  /** A token for one life of the server. */
  public static Secret newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret("admin-" + HexFormat.of().formatHex(bytes));
  }

  /** Writes down that a server runs. */
  public void announce(Server server) {
    try {
      Path fresh = file.resolveSibling(FILE + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          fresh,
          new JsonMapper()
              .createObjectNode()
              .put("url", server.url())
              .put("token", server.token().reveal())
              .toString());
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new FlowException(
          Failure.user(
              "StoreUnwritable", file + ": cannot be written (expected: a writable folder)"),
          unwritable);
    }
  }

  public Optional<Server> find() {
    try {
      JsonNode json = new JsonMapper().readTree(Files.readString(file));
      return Optional.of(
          new Server(json.path("url").asText(), new Secret(json.path("token").asText())));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException kept) {
      throw new FlowException(
          Failure.internal("FileNotDeleted", file + " cannot be deleted"), kept);
    }
  }
}
