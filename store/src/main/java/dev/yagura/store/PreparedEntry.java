package dev.yagura.store;

import dev.yagura.base.RunId;
import dev.yagura.run.Entry;
import dev.yagura.run.NodeLog;
import dev.yagura.run.journal.EventJson;
import dev.yagura.run.journal.ValueJson;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry as text, made on the caller's thread.
 *
 * @param payloads of the effects, in their order
 * @param traces of the node logs, in their order
 * @param outputs of the node logs, in their order
 */
record PreparedEntry(
    RunId run,
    Entry entry,
    String events,
    List<Entry.KeyedEffect> effects,
    List<String> payloads,
    List<String> traces,
    List<String> outputs,
    CollectedBlobs blobs) {

  static PreparedEntry of(RunId run, Entry entry) {
    var blobs = new CollectedBlobs();
    var values = new ValueJson(blobs);
    List<Entry.KeyedEffect> effects = entry.effects(run.value());
    List<String> payloads = new ArrayList<>();
    effects.forEach(effect -> payloads.add(values.write(effect.effect().payload()).toString()));
    List<String> traces = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (NodeLog log : entry.logs()) {
      traces.add(values.write(log.trace()).toString());
      outputs.add(values.write(log.outputs()).toString());
    }
    String events = new EventJson(values).write(entry.events()).toString();
    return new PreparedEntry(run, entry, events, effects, payloads, traces, outputs, blobs);
  }
}
