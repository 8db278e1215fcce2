package dev.yagura.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The two ways in which DSL files name a model of Bedrock (dify-contract §6.2): its id, or a family
 * with {@code completion_params.model_name} and {@code cross-region}.
 */
final class BedrockModels {
  private static final Map<String, String> IDS =
      Map.ofEntries(
          Map.entry("claude 4.6 opus", "anthropic.claude-opus-4-6-v1"),
          Map.entry("claude 4.5 sonnet", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
          Map.entry("claude 4.5 haiku", "anthropic.claude-haiku-4-5-20251001-v1:0"),
          Map.entry("claude 4.5 opus", "anthropic.claude-opus-4-5-20251101-v1:0"),
          Map.entry("claude 4.1 opus", "anthropic.claude-opus-4-1-20250805-v1:0"),
          Map.entry("claude 4.0 sonnet", "anthropic.claude-sonnet-4-20250514-v1:0"),
          Map.entry("claude 4.0 opus", "anthropic.claude-opus-4-20250514-v1:0"),
          Map.entry("claude 3.7 sonnet", "anthropic.claude-3-7-sonnet-20250219-v1:0"),
          Map.entry("claude 3.5 sonnet", "anthropic.claude-3-5-sonnet-20240620-v1:0"),
          Map.entry("claude 3.5 sonnet v2", "anthropic.claude-3-5-sonnet-20241022-v2:0"),
          Map.entry("claude 3.5 haiku", "anthropic.claude-3-5-haiku-20241022-v1:0"),
          Map.entry("claude 3 sonnet", "anthropic.claude-3-sonnet-20240229-v1:0"),
          Map.entry("claude 3 haiku", "anthropic.claude-3-haiku-20240307-v1:0"),
          Map.entry("claude 3 opus", "anthropic.claude-3-opus-20240229-v1:0"),
          Map.entry("nova pro", "amazon.nova-pro-v1:0"),
          Map.entry("nova lite", "amazon.nova-lite-v1:0"),
          Map.entry("nova micro", "amazon.nova-micro-v1:0"),
          Map.entry("nova premier", "amazon.nova-premier-v1:0"),
          Map.entry("nova lite v2", "amazon.nova-2-lite-v1:0"),
          Map.entry("deepseek r1", "deepseek.r1-v1:0"));

  private static final Map<String, String> FAMILY_DEFAULTS =
      Map.of(
          "anthropic claude",
          "claude 4.5 haiku",
          "amazon nova",
          "nova lite",
          "deepseek",
          "deepseek r1");

  /** Models that refuse temperature and top_p (guardduty §5.1). */
  private static final List<String> NO_SAMPLING =
      List.of("opus-4-7", "opus-4-8", "claude-sonnet-5", "claude-opus-5", "fable");

  /** Models that refuse temperature and top_p together. */
  private static final List<String> ONE_OF_BOTH =
      List.of("sonnet-4-5", "haiku-4-5", "opus-4-5", "opus-4-6", "sonnet-4-6", "opus-4-1");

  private BedrockModels() {}

  /** The id to call. */
  static String resolve(String name, Map<String, Object> parameters, String region) {
    String family = name.toLowerCase(Locale.ROOT).strip();
    String fallback = FAMILY_DEFAULTS.get(family);
    if (fallback == null) {
      return name;
    }
    String chosen =
        String.valueOf(parameters.getOrDefault("model_name", fallback))
            .toLowerCase(Locale.ROOT)
            .strip();
    String id = IDS.get(chosen);
    if (id == null) {
      id = IDS.getOrDefault(chosen.replaceFirst(" v1$", ""), IDS.get(fallback));
    }
    return prefix(String.valueOf(parameters.getOrDefault("cross-region", "disabled")), region) + id;
  }

  /** The model's own id: without an ARN around it and a profile like {@code us.} before it. */
  static String withoutProfile(String id) {
    return id.substring(id.lastIndexOf('/') + 1).replaceFirst("^[a-z-]+\\.(?=[a-z0-9]+\\.)", "");
  }

  private static String prefix(String crossRegion, String region) {
    return switch (crossRegion.toLowerCase(Locale.ROOT)) {
      case "geographic", "true" ->
          switch (region.split("-")[0]) {
            case "us", "ca" -> region.startsWith("us-gov") ? "us-gov." : "us.";
            case "eu" -> "eu.";
            default -> "apac.";
          };
      case "global" -> "global.";
      case "japan" -> "jp.";
      default -> "";
    };
  }

  static boolean refusesSampling(String id) {
    return NO_SAMPLING.stream().anyMatch(id::contains);
  }

  static boolean takesOneOfTemperatureAndTopP(String id) {
    return ONE_OF_BOTH.stream().anyMatch(id::contains);
  }
}
