package dev.yagura.connect.webhook;

import dev.yagura.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks has it: {@code v1,} and the Base64 of HMAC-SHA256 over id, time in
 * seconds and body, joined by dots; the key is the Base64 after {@code whsec_}.
 */
final class Signature {
  private static final String PREFIX = "whsec_";

  private final Secret secret;

  Signature(Secret secret) {
    this.secret = secret;
  }

  /** Whether the text is a key: {@code whsec_} and Base64 of 24 to 64 bytes. */
  static boolean isKey(String text) {
    try {
      int bytes = text.startsWith(PREFIX) ? key(text).length : 0;
      return bytes >= 24 && bytes <= 64;
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private static byte[] key(String text) {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  String of(String id, Instant time, String body) {
    String signed = id + "." + time.getEpochSecond() + "." + body;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret.reveal()), "HmacSHA256"));
      byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
