package dev.yagura.aws;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** How the clients of AWS's services here reach them: over Netty, with few tries. */
public final class AwsTransport {
  private AwsTransport() {}

  /**
   * @param connect to be connected, or to be given a connection
   * @param silence after which an answer that does not come is given up
   * @param connections at once
   */
  public static NettyNioAsyncHttpClient.Builder http(
      Duration connect, Duration silence, int connections) {
    return NettyNioAsyncHttpClient.builder()
        .protocol(Protocol.HTTP1_1)
        .connectionTimeout(connect)
        .connectionAcquisitionTimeout(connect)
        .readTimeout(silence)
        .tcpKeepAlive(true)
        .maxConcurrency(connections);
  }

  /** So many attempts in all, with the SDK's own pauses. */
  public static Consumer<ClientOverrideConfiguration.Builder> attempts(int most) {
    return override ->
        override.retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(most).build());
  }
}
