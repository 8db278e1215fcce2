package dev.yagura.aws.sqs;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.connect.intake.MessageSink;
import dev.yagura.connect.intake.Taken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What is done with the messages of one receipt: all of them are handed over at once, so that they
 * share a commit of the store; then each is deleted, put to the dead letters, or given back.
 */
final class Batch {
  /** SQS itself moves what comes too often to the dead letters, then without a reason. */
  private static final Duration BURY_AGAIN = Duration.ofMinutes(5);

  private final SqsQueue queue;
  private final DeadLetters deadLetters;
  private final MessageSink sink;
  private final Counts counts;
  private final Troubles troubles;
  private final Timing timing;
  private final SparseLog poison;

  Batch(
      SqsQueue queue, DeadLetters deadLetters, MessageSink sink, QueueWatch watch, Timing timing) {
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.sink = sink;
    this.counts = watch.counts();
    this.troubles = watch.troubles();
    this.timing = timing;
    this.poison = watch.poison();
  }

  /** A message with what will have become of it. */
  private record Taking(Message message, FutureTask<Taken> work) {}

  /** Gives whether all of it went well; what did not comes again. */
  boolean work(List<Message> messages) throws InterruptedException {
    counts.received.addAndGet(messages.size());
    List<Message> settled = new ArrayList<>();
    List<Message> back = new ArrayList<>();
    for (Taking taking : take(messages)) {
      Optional<Taken> taken = outcome(taking);
      if (taken.isEmpty()) {
        back.add(taking.message());
      } else if (isSettled(taking.message(), taken.get())) {
        settled.add(taking.message());
      }
    }
    boolean deleted = settled.isEmpty() || tried(() -> queue.delete(settled));
    if (!back.isEmpty()) {
      counts.returned.addAndGet(back.size());
      boolean unused = tried(() -> queue.hide(back, timing.firstPause()));
    }
    return deleted && back.isEmpty();
  }

  /** Hands all over and waits, hiding them from others meanwhile. */
  private List<Taking> take(List<Message> messages) throws InterruptedException {
    var open = new CountDownLatch(messages.size());
    List<Taking> takings = new ArrayList<>();
    for (Message message : messages) {
      byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
      var work = new FutureTask<>(() -> sink.take(body));
      takings.add(new Taking(message, work));
      Thread unused =
          Thread.ofVirtual()
              .name("sqs-message-" + message.messageId())
              .start(
                  () -> {
                    work.run();
                    open.countDown();
                  });
    }
    long end = System.nanoTime() + timing.longestWork().toNanos();
    while (!open.await(timing.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() > end) {
        takings.forEach(taking -> taking.work().cancel(true));
        break;
      }
      boolean unused = tried(() -> queue.hide(messages, timing.visibility()));
    }
    return takings;
  }

  /** Empty where nothing is known to be kept. */
  private Optional<Taken> outcome(Taking taking) throws InterruptedException {
    try {
      Taken taken = taking.work().get();
      troubles.over(Action.KEEP);
      return Optional.of(taken);
    } catch (ExecutionException failed) {
      troubles.happened(Action.KEEP, notKept(String.valueOf(failed.getCause())));
    } catch (CancellationException late) {
      troubles.happened(
          Action.KEEP, notKept("no answer within " + timing.longestWork().toSeconds() + " s"));
    }
    return Optional.empty();
  }

  private Failure notKept(String why) {
    return Failure.internal(
        "MessageNotKept",
        queue.describe()
            + ": messages cannot be kept and come again: "
            + Words.clean(why, Words.LINE));
  }

  private boolean isSettled(Message message, Taken taken) throws InterruptedException {
    counts.kept.addAndGet(taken.fresh());
    counts.duplicates.addAndGet(taken.duplicates());
    if (taken.isWhole()) {
      return true;
    }
    try {
      return isBuried(message, taken);
    } catch (FlowException named) {
      counts.unburied.incrementAndGet();
      poison.warn(
          line(message, taken) + "; it could not be put there: " + named.failure().message());
      boolean unused = tried(() -> queue.hide(List.of(message), BURY_AGAIN));
      return false;
    }
  }

  private boolean isBuried(Message message, Taken taken) throws InterruptedException {
    Optional<SqsQueue> target = deadLetters.find();
    if (target.isEmpty()) {
      counts.unburied.incrementAndGet();
      poison.warn(
          line(message, taken)
              + "; the queue has none, so the message stays (expected: a RedrivePolicy at the"
              + " queue, or dlq= beside its URL)");
      boolean unused = tried(() -> queue.hide(List.of(message), timing.unburied()));
      return false;
    }
    boolean reasoned = deadLetters.bury(target.get(), message, taken);
    counts.buried.incrementAndGet();
    poison.warn(line(message, taken) + (reasoned ? "" : ", without the reason: it is too long"));
    return true;
  }

  private String line(Message message, Taken taken) {
    int kept = taken.fresh() + taken.duplicates();
    return queue.describe()
        + ": message "
        + Words.clean(message.messageId(), 100)
        + " goes to the dead letters ("
        + taken.refused().getFirst().code()
        + ": "
        + DeadLetters.why(taken)
        + (kept == 0 ? ")" : "); " + kept + " findings of it are kept");
  }

  /** What is done with a queue may fail: it is remembered, and the message comes again. */
  private interface Call {
    void run() throws InterruptedException;
  }

  private static boolean tried(Call call) throws InterruptedException {
    try {
      call.run();
      return true;
    } catch (FlowException rememberedAlready) {
      return false;
    }
  }
}
