package dev.yagura.aws;

import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.base.Secret;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.Failing;
import java.util.Map;

/** Bedrock with a stand-in behind it. */
final class StubbedBedrock implements AutoCloseable {
  final BedrockStub stub = new BedrockStub();
  private final BedrockProvider patient = new BedrockProvider();
  private final BedrockProvider impatient = new BedrockProvider(Failing.PATIENCE);

  /** The provider whose next calls find this; it waits for long only where something comes. */
  BedrockProvider does(Behaviour behaviour) {
    stub.does(behaviour);
    stub.calls().clear();
    return behaviour == Behaviour.SILENT ? impatient : patient;
  }

  Registration registration() {
    return new Registration(
        Map.of("region", "us-east-1", "access-key-id", "AKIDEXAMPLE", "endpoint-url", stub.url()),
        Map.of("secret-access-key", new Secret("an-example-key")));
  }

  @Override
  public void close() {
    patient.close();
    impatient.close();
    stub.close();
  }
}
