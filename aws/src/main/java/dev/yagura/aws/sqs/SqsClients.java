package dev.yagura.aws.sqs;

import dev.yagura.aws.AwsTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Connections to SQS, one client for each Region; made when the first queue is asked. Credentials
 * come from the SDK's default chain: environment, web identity, profile, container, instance role.
 */
public final class SqsClients implements AutoCloseable {
  /** Attempts of one call, the first included. */
  private static final int ATTEMPTS = 3;

  private static final int CONNECTIONS = 200;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Longer than a long poll is silent. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Map<Where, SqsAsyncClient> clients = new ConcurrentHashMap<>();
  private final AwsCredentialsProvider credentials;

  private record Where(@Nullable String region, @Nullable URI endpoint) {}

  public SqsClients() {
    this(DefaultCredentialsProvider.builder().build());
  }

  SqsClients(AwsCredentialsProvider credentials) {
    this.credentials = credentials;
  }

  SqsAsyncClient client(QueueSettings settings) {
    return clients.computeIfAbsent(
        new Where(settings.region(), settings.endpoint()), this::connect);
  }

  private SqsAsyncClient connect(Where where) {
    var builder =
        SqsAsyncClient.builder()
            .credentialsProvider(credentials)
            .httpClientBuilder(AwsTransport.http(CONNECT, SILENCE, CONNECTIONS))
            .overrideConfiguration(AwsTransport.attempts(ATTEMPTS));
    if (where.region() != null) {
      builder.region(Region.of(where.region()));
    }
    if (where.endpoint() != null) {
      builder.endpointOverride(where.endpoint());
      if (where.region() == null) {
        // A stand-in has no Region; signatures need the name of one.
        builder.region(Region.US_EAST_1);
      }
    }
    return builder.build();
  }

  @Override
  public void close() {
    clients.values().forEach(SqsAsyncClient::close);
    clients.clear();
  }
}
