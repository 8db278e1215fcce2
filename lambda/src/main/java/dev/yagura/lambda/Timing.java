package dev.yagura.lambda;

import java.time.Duration;
import java.time.Instant;

/** Time as this function sees it. */
interface Timing {
  /** Only differences mean something. */
  long nanos();

  Instant now();

  void pause(Duration length) throws InterruptedException;

  Timing SYSTEM =
      new Timing() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
          Thread.sleep(length);
        }
      };
}
