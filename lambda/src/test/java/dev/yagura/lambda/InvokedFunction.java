package dev.yagura.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The function in an environment of ours, with a clock that only moves when it pauses. */
final class InvokedFunction {
  static final String KEY = "app-SECRETSECRETSECRET";

  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final AnalyzeGuardDuty handler;
  private int remainingMillis = 60_000;
  private long nanos;

  private InvokedFunction(Map<String, String> environment) {
    Timing timing =
        new Timing() {
          @Override
          public synchronized long nanos() {
            return nanos;
          }

          @Override
          public Instant now() {
            return Instant.EPOCH;
          }

          @Override
          public synchronized void pause(Duration length) {
            pauses.add(length);
            nanos += length.toNanos();
          }
        };
    handler = new AnalyzeGuardDuty(environment, log::add, timing);
  }

  /** With what is always needed, and more: names and values. */
  static InvokedFunction with(StubYagura server, String... more) {
    Map<String, String> environment = new HashMap<>(Map.of("HOST", server.host(), "API_KEY", KEY));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return new InvokedFunction(environment);
  }

  InvokedFunction remaining(Duration time) {
    remainingMillis = (int) time.toMillis();
    return this;
  }

  /** Invokes the function and returns its answer. */
  String invoke(String event) throws IOException {
    var output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context());
    return output.toString(StandardCharsets.UTF_8);
  }

  private Context context() {
    return new Context() {
      @Override
      public String getAwsRequestId() {
        return "req-1";
      }

      @Override
      public int getRemainingTimeInMillis() {
        return remainingMillis;
      }

      @Override
      public String getLogGroupName() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String getLogStreamName() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String getFunctionName() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String getFunctionVersion() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String getInvokedFunctionArn() {
        throw new UnsupportedOperationException();
      }

      @Override
      public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException();
      }

      @Override
      public ClientContext getClientContext() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int getMemoryLimitInMB() {
        throw new UnsupportedOperationException();
      }

      @Override
      public LambdaLogger getLogger() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
