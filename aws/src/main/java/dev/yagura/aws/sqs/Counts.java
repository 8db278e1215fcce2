package dev.yagura.aws.sqs;

import java.util.concurrent.atomic.AtomicLong;

/** What has come of messages since the start of the process. */
final class Counts {
  final AtomicLong received = new AtomicLong();
  final AtomicLong kept = new AtomicLong();
  final AtomicLong duplicates = new AtomicLong();
  final AtomicLong buried = new AtomicLong();
  final AtomicLong unburied = new AtomicLong();
  final AtomicLong returned = new AtomicLong();

  QueueStatus.Totals totals() {
    return new QueueStatus.Totals(
        received.get(), kept.get(), duplicates.get(), buried.get(), unburied.get(), returned.get());
  }
}
