package dev.yagura.aws.sqs;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.connect.intake.MessageSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/** Asks a queue again and again until it is stopped; nothing else ends it. */
final class Poller implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final SqsQueue queue;
  private final Batch batch;
  private final MessageSink sink;
  private final QueueWatch watch;
  private final Timing timing;
  private final CountDownLatch stop;
  private int failures;
  private boolean paused;

  Poller(
      SqsQueue queue,
      Batch batch,
      MessageSink sink,
      QueueWatch watch,
      Timing timing,
      CountDownLatch stop) {
    this.queue = queue;
    this.batch = batch;
    this.sink = sink;
    this.watch = watch;
    this.timing = timing;
    this.stop = stop;
  }

  @Override
  public void run() {
    int unused = watch.running().incrementAndGet();
    try {
      while (stop.getCount() > 0) {
        rest(round());
      }
    } catch (InterruptedException stopped) {
      LOG.warn("{}: stopped in the middle; what was not deleted comes again", queue.describe());
    } finally {
      pause(false);
      int left = watch.running().decrementAndGet();
      LOG.debug("{}: {} pollers left", queue.describe(), left);
    }
  }

  /** Gives how long to rest. */
  @Boundary("whatever goes wrong, the queue is asked again after a pause")
  private Duration round() throws InterruptedException {
    try {
      if (isFull()) {
        return timing.firstPause();
      }
      // While something fails, one message is enough to see whether it still does; what fails
      // comes nearer to the dead letters each time that it is received.
      List<Message> messages = queue.receive(failures == 0 ? SqsQueue.BATCH : 1);
      failures = messages.isEmpty() || batch.work(messages) ? 0 : failures + 1;
    } catch (CancellationException stopped) {
      return Duration.ZERO;
    } catch (FlowException named) {
      failures++;
    } catch (RuntimeException defect) {
      failures++;
      watch
          .troubles()
          .happened(
              Action.KEEP,
              Failure.internal(
                  "Defect", queue.describe() + ": " + Words.clean(defect.toString(), Words.LINE)));
    }
    return failures == 0 ? Duration.ZERO : timing.pause(failures);
  }

  @Boundary("a store that cannot be read is a trouble of its own")
  private boolean isFull() {
    try {
      boolean full = sink.isFull();
      watch.troubles().over(Action.LOOK);
      pause(full);
      return full;
    } catch (RuntimeException unreadable) {
      Failure failure =
          Failure.internal(
              "StoreUnreadable",
              queue.describe()
                  + ": nothing is fetched while the store cannot be read: "
                  + Words.clean(unreadable.toString(), Words.LINE));
      watch.troubles().happened(Action.LOOK, failure);
      throw new FlowException(failure, unreadable);
    }
  }

  private void pause(boolean full) {
    if (full == paused) {
      return;
    }
    paused = full;
    int resting = full ? watch.paused().incrementAndGet() : watch.paused().decrementAndGet();
    if (full && resting == 1) {
      LOG.info("{}: rests, because so many accepted findings wait", queue.describe());
    } else if (!full && resting == 0) {
      LOG.info("{}: is asked again", queue.describe());
    }
  }

  private void rest(Duration time) throws InterruptedException {
    if (!time.isZero()) {
      boolean unused = stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
