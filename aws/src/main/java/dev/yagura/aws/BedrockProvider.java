package dev.yagura.aws;

import dev.yagura.base.Boundary;
import dev.yagura.model.ChatModel;
import dev.yagura.model.Deadlines;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.ModelProvider;
import dev.yagura.model.RerankModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/**
 * Amazon Bedrock: Converse for chat, Titan and Cohere for embeddings, Cohere and Amazon to rerank.
 * Credentials come from the SDK's default chain (environment, web identity, profile, container,
 * instance role over IMDSv2) unless keys are registered. {@code AWS_ENDPOINT_URL_BEDROCK_RUNTIME}
 * is honoured.
 */
public final class BedrockProvider implements ModelProvider, AutoCloseable {
  /** Attempts of one call, the first included; throttling and server errors are retried. */
  static final int ATTEMPTS = 3;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 200;

  private final Map<BedrockSettings, BedrockRuntimeAsyncClient> clients = new ConcurrentHashMap<>();
  private final Duration patience;

  public BedrockProvider() {
    this(Deadlines.DEFAULT.firstToken());
  }

  /**
   * @param patience how long vectors and rankings may take; a chat says so itself
   */
  BedrockProvider(Duration patience) {
    this.patience = patience;
  }

  @Override
  public String id() {
    return "bedrock";
  }

  @Override
  public String title() {
    return "Amazon Bedrock";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("region", "AWS Region; default: AWS_REGION or the machine's", false, false),
        new Option("profile", "profile of the AWS configuration files", false, false),
        new Option("access-key-id", "only where there is no role", false, false),
        new Option("secret-access-key", "belongs to access-key-id", false, true),
        new Option("session-token", "belongs to access-key-id", false, true),
        new Option("endpoint-url", "a VPC endpoint or a stand-in", false, false),
        new Option("guardrail-id", "guardrail for every call", false, false),
        new Option("guardrail-version", "its version; default DRAFT", false, false));
  }

  @Override
  public ChatModel chat(Registration registration, String name, Map<String, Object> parameters) {
    BedrockSettings settings = BedrockSettings.of(registration);
    String id = BedrockModels.resolve(name, parameters, region(settings));
    return new BedrockChat(id, settings, () -> client(settings));
  }

  @Override
  public EmbeddingModel embedding(Registration registration, String name) {
    String family = BedrockModels.withoutProfile(name);
    if (family.startsWith(TitanEmbedding.FAMILY)) {
      return new TitanEmbedding(invoke(registration, name));
    }
    if (family.startsWith(CohereEmbedding.FAMILY)) {
      return new CohereEmbedding(invoke(registration, name));
    }
    throw ModelFailures.badRequest(
        "bedrock: '"
            + name
            + "' is no embedding model here (expected: amazon.titan-embed-text-v2:0,"
            + " amazon.titan-embed-text-v1, cohere.embed-v4:0, cohere.embed-multilingual-v3 or"
            + " cohere.embed-english-v3, with or without a profile like us. or global. before it)");
  }

  @Override
  public RerankModel rerank(Registration registration, String name) {
    String family = BedrockModels.withoutProfile(name);
    if (family.startsWith(BedrockRerank.COHERE) || family.startsWith(BedrockRerank.AMAZON)) {
      return new BedrockRerank(invoke(registration, name));
    }
    throw ModelFailures.badRequest(
        "bedrock: '"
            + name
            + "' is no model here that reranks (expected: cohere.rerank-v3-5:0 or"
            + " amazon.rerank-v1:0)");
  }

  private BedrockInvoke invoke(Registration registration, String name) {
    BedrockSettings settings = BedrockSettings.of(registration);
    return new BedrockInvoke(name, patience, () -> client(settings));
  }

  @Override
  public String access(Registration registration) {
    BedrockSettings settings = BedrockSettings.of(registration);
    String where = settings.endpoint() == null ? "" : ", at " + settings.endpoint();
    return AwsAccess.credentials(credentials(settings)) + ", Region " + region(settings) + where;
  }

  @Boundary("without a Region the call itself says so")
  private static String region(BedrockSettings settings) {
    if (settings.region() != null) {
      return settings.region();
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (RuntimeException none) {
      return "us-east-1";
    }
  }

  private BedrockRuntimeAsyncClient client(BedrockSettings settings) {
    return clients.computeIfAbsent(settings, BedrockProvider::connect);
  }

  private static BedrockRuntimeAsyncClient connect(BedrockSettings settings) {
    var builder =
        BedrockRuntimeAsyncClient.builder()
            .credentialsProvider(credentials(settings))
            .httpClientBuilder(AwsTransport.http(CONNECT, SILENCE, CONNECTIONS))
            .overrideConfiguration(AwsTransport.attempts(ATTEMPTS));
    if (settings.region() != null) {
      builder.region(Region.of(settings.region()));
    }
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(BedrockSettings settings) {
    String key = settings.accessKeyId();
    String secret = settings.secretAccessKey();
    if (key != null && secret != null) {
      String session = settings.sessionToken();
      return StaticCredentialsProvider.create(
          session == null
              ? AwsBasicCredentials.create(key, secret)
              : AwsSessionCredentials.create(key, secret, session));
    }
    return settings.profile() == null
        ? DefaultCredentialsProvider.builder().build()
        : ProfileCredentialsProvider.create(settings.profile());
  }

  @Override
  public void close() {
    clients.values().forEach(BedrockRuntimeAsyncClient::close);
    clients.clear();
  }
}
