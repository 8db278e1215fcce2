package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry;
import dev.yagura.run.LocalDriver;
import dev.yagura.run.Outbox;
import dev.yagura.run.RunListener;
import dev.yagura.store.Store;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 1: the process is killed (SIGKILL) after every entry of the journal in turn; nothing is
 * lost or done twice.
 */
class CrashTest {
  @TempDir Path folder;

  @Test
  void a_run_that_is_killed_between_any_two_entries_ends_after_the_restart() throws Exception {
    int entries = entriesOfAWholeRun();
    assertThat(entries).isGreaterThan(12);
    for (int last = 1; last < entries; last++) {
      Path data = folder.resolve("killed-after-" + last);
      RunId run = new RunId(UUID.randomUUID().toString());
      kill(data, run, last);
      resume(data, run, last);
    }
  }

  private int entriesOfAWholeRun() throws Exception {
    RunId run = new RunId(UUID.randomUUID().toString());
    Path data = folder.resolve("whole");
    Process process = start(data, run, 0);
    assertThat(firstLine(process)).isEqualTo("ended");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    try (Store store = Store.open(data, InstantSource.system())) {
      return store.journal().read(run).size();
    }
  }

  private static Process start(Path data, RunId run, int last) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashProcess.class.getName(),
            data.toString(),
            run.value(),
            Integer.toString(last))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws Exception {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private static void kill(Path data, RunId run, int last) throws Exception {
    Process process = start(data, run, last);
    assertThat(firstLine(process)).isEqualTo("standing after " + last);
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed by signal 9").isEqualTo(128 + 9);
  }

  private static void resume(Path data, RunId run, int last) throws Exception {
    try (Store store = Store.open(data, InstantSource.system())) {
      Set<Address> finished = succeeded(store.journal().read(run));
      Set<Address> again = ConcurrentHashMap.newKeySet();
      CountDownLatch ended = new CountDownLatch(1);
      RunListener listener =
          (id, events) -> {
            if (events.getLast() instanceof RunEvent.RunFinished) {
              ended.countDown();
            }
          };
      var types = CrashProcess.types();
      try (var driver =
          new LocalDriver(
              store.journal(),
              call -> {
                again.add(call.at());
                return types.run(call);
              },
              InstantSource.system())) {
        var workflow = CrashProcess.workflow();
        assertThat(driver.resumeAll(id -> Optional.of(workflow), listener)).isEmpty();
        assertThat(ended.await(60, TimeUnit.SECONDS)).as("killed after %d", last).isTrue();
      }
      assertThat(Collections.disjoint(again, finished)).as("killed after %d", last).isTrue();
      assertThat(store.journal().find(run).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
      List<Outbox.Item> alerts = store.outbox().of(run);
      assertThat(alerts).as("killed after %d", last).hasSize(1);
      List<Entry> journal = store.journal().read(run);
      var end = (RunEvent.RunFinished) journal.getLast().events().getLast();
      assertThat(end.outputs().get("list")).isEqualTo(Value.of(List.of("a", "b", "c")));
      assertThat(succeeded(journal)).hasSize(7 + 2 * 3);
    }
  }

  private static Set<Address> succeeded(List<Entry> journal) {
    Set<Address> addresses = new HashSet<>();
    for (Entry entry : journal) {
      for (RunEvent event : entry.events()) {
        if (event instanceof RunEvent.NodeSucceeded done) {
          assertThat(addresses.add(done.at())).as("%s ended twice", done.at()).isTrue();
        }
      }
    }
    return addresses;
  }
}
