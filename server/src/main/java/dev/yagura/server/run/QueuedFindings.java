package dev.yagura.server.run;

import dev.yagura.base.Problem;
import dev.yagura.connect.intake.MessageSink;
import dev.yagura.connect.intake.Taken;
import dev.yagura.run.FindingStore;
import java.util.ArrayList;
import java.util.List;

/** Hands messages of queues to the desk, as if they had come in a request. */
public final class QueuedFindings implements MessageSink {
  private final FindingDesk desk;
  private final FindingStore store;
  private final int most;

  /**
   * @param most accepted findings that may wait before no more are fetched
   */
  public QueuedFindings(FindingDesk desk, FindingStore store, int most) {
    this.desk = desk;
    this.store = store;
    this.most = most;
  }

  @Override
  public Taken take(byte[] body) {
    FindingIntake.Answer intake = desk.accept(body, "");
    int duplicates =
        (int) intake.receipts().stream().filter(FindingStore.Receipt::duplicate).count();
    List<Problem> refused = new ArrayList<>(intake.problems());
    if (intake.receipts().isEmpty() && refused.isEmpty()) {
      refused.add(
          Problem.error(
              "no-finding", "nothing in it (expected: a finding)", Problem.Place.NOWHERE));
    }
    return new Taken(intake.receipts().size() - duplicates, duplicates, refused);
  }

  @Override
  public boolean isFull() {
    return store.countUnhandled(most) >= most;
  }
}
