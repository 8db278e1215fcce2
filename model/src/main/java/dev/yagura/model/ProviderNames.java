package dev.yagura.model;

import java.util.Locale;

/** The names of providers in DSL files (dify-contract §1.6). */
public final class ProviderNames {
  private ProviderNames() {}

  /** {@code langgenius/bedrock/bedrock} and {@code bedrock} are both {@code bedrock}. */
  public static String shortName(String provider) {
    String last = provider.substring(provider.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return switch (last) {
      case "openai_api_compatible", "ollama", "vllm", "localai", "xinference" -> "openai";
      default -> last;
    };
  }
}
