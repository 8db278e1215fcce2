package dev.yagura.server.secret;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts what is kept secret: AES-256-GCM with a fresh nonce each time. */
public final class Vault {
  private static final String MARK = "v1:";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  public Vault(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * The secret as a text that says nothing.
   *
   * @param purpose bound to it: a text that is moved elsewhere does not open
   */
  public String seal(Secret secret, String purpose) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, purpose);
      byte[] hidden = cipher.doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE + hidden.length);
      System.arraycopy(hidden, 0, all, NONCE, hidden.length);
      return MARK + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public Secret open(String text, String purpose) {
    if (!text.startsWith(MARK)) {
      throw Failure.internal("SecretBroken", purpose + ": no sealed secret").asException();
    }
    try {
      byte[] all = Base64.getDecoder().decode(text.substring(MARK.length()));
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), purpose);
      return new Secret(
          new String(cipher.doFinal(all, NONCE, all.length - NONCE), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException wrongKey) {
      throw new FlowException(
          Failure.user(
              "SecretUnreadable",
              purpose
                  + ": cannot be decrypted (expected: the master key that it was stored under; set"
                  + " it again, or restore the key)"),
          wrongKey);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
