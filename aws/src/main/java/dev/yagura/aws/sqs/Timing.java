package dev.yagura.aws.sqs;

import java.time.Duration;

/**
 * How long things take with a queue.
 *
 * @param poll of a long poll; SQS allows 20 s
 * @param visibility how long a message is hidden from others, counted anew from each heartbeat
 * @param heartbeat how often it is hidden anew while it is worked on
 * @param longestWork after which a batch is given up; its messages come again
 * @param call of any other call, its repeats included
 * @param firstPause after a failure; doubled with each further one
 * @param longestPause between two attempts
 * @param unburied how long what nobody can use rests where its queue has no dead letters
 * @param stop how long a stop waits for the batch that is under way
 */
record Timing(
    Duration poll,
    Duration visibility,
    Duration heartbeat,
    Duration longestWork,
    Duration call,
    Duration firstPause,
    Duration longestPause,
    Duration unburied,
    Duration stop) {

  /**
   * SQS hides a message for 12 hours at most, counted from its receipt, and refuses what goes
   * beyond:
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
   */
  static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofMinutes(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofHours(11),
          Duration.ofSeconds(15));

  /** How long to rest after so many failures in a row, counted from 1. */
  Duration pause(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
    return pause.compareTo(longestPause) > 0 ? longestPause : pause;
  }
}
