package dev.yagura.server.secret;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The key under which secrets are kept: 32 bytes, as base64 in a file or a secret. */
public final class MasterKey {
  private static final int BYTES = 32;
  private static final String FILE = "master.key";

  private static final Set<PosixFilePermission> OWNER_ALONE =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private MasterKey() {}

  /**
   * The key that is given, else that of the data folder, which is made at the first start for its
   * owner alone. A key that others may use is refused, and so is a folder that has secrets and has
   * lost its key.
   *
   * @param isNew whether nothing is kept under a key yet
   */
  public static byte[] of(Path data, Optional<Secret> given, boolean isNew) {
    if (given.isPresent()) {
      return decode("master_key", given.get().reveal());
    }
    Path file = data.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        if (!isNew) {
          throw Failure.user(
                  "MasterKeyMissing",
                  file
                      + ": it is gone, and what is kept here was encrypted under it (expected: the"
                      + " file from a backup, or master_key in the configuration)")
              .asException();
        }
        make(file);
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ALONE.containsAll(permissions)) {
        throw Failure.user(
                "MasterKeyExposed",
                file
                    + ": others may use it (expected: permissions 600; run: chmod 600 "
                    + file
                    + ")")
            .asException();
      }
      return decode(file.toString(), Files.readString(file).strip());
    } catch (IOException unreadable) {
      throw new FlowException(
          Failure.user(
              "MasterKeyUnreadable",
              file + ": " + unreadable + " (expected: a file that this user may read)"),
          unreadable);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] text = Base64.getEncoder().encode(key);
    // The store survives the loss of power, and so must what it is encrypted under.
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(text);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static byte[] decode(String where, String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length == BYTES) {
        return key;
      }
    } catch (IllegalArgumentException noBase64) {
      // Said below: both are the same mistake to a person.
    }
    throw Failure.user(
            "MasterKeyInvalid",
            where
                + ": no key (expected: 32 bytes as base64; make one with: openssl rand -base64 32)")
        .asException();
  }
}
