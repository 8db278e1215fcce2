package dev.yagura.aws.sqs;

import dev.yagura.base.Problem;
import dev.yagura.connect.intake.MessageSink;
import dev.yagura.connect.intake.Taken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps bodies; {@code bad…} is refused, {@code half…} has a part that is. */
final class RememberingSink implements MessageSink {
  final Set<String> kept = ConcurrentHashMap.newKeySet();
  final AtomicInteger calls = new AtomicInteger();
  volatile boolean broken;
  volatile boolean full;
  volatile CountDownLatch gate = new CountDownLatch(0);
  final CountDownLatch entered = new CountDownLatch(1);

  @Override
  public Taken take(byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    calls.incrementAndGet();
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
    if (broken) {
      throw new IllegalStateException("disk full");
    }
    Problem problem = Problem.error("no-finding", "it is\u0000 \u202enone", Problem.Place.NOWHERE);
    if (body.startsWith("bad")) {
      return new Taken(0, 0, List.of(problem));
    }
    boolean fresh = kept.add(body);
    return new Taken(
        fresh ? 1 : 0, fresh ? 0 : 1, body.startsWith("half") ? List.of(problem) : List.of());
  }

  @Override
  public boolean isFull() {
    return full;
  }
}
