package dev.yagura.server;

import dev.yagura.aws.sqs.QueueIntake;
import dev.yagura.aws.sqs.SqsClients;
import dev.yagura.connect.intake.MessageSink;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The queues of the configuration. Nothing is asked before {@link #start}. */
public final class Queues implements AutoCloseable {
  private final SqsClients clients = new SqsClients();
  private final List<QueueIntake> intakes = new ArrayList<>();

  Queues(Config config, MessageSink sink, InstantSource clock) {
    int pollers = config.count(Key.SQS_POLLERS);
    config
        .queues()
        .forEach(settings -> intakes.add(new QueueIntake(settings, clients, pollers, sink, clock)));
  }

  void start() {
    intakes.forEach(QueueIntake::start);
  }

  public List<QueueIntake> all() {
    return List.copyOf(intakes);
  }

  /** Fetches nothing more; returns when what is under way has been kept, or after a while. */
  void stop() {
    List<Thread> stopping = new ArrayList<>();
    intakes.forEach(one -> stopping.add(Thread.ofVirtual().name("sqs-stop").start(one::close)));
    try {
      for (Thread one : stopping) {
        one.join();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
