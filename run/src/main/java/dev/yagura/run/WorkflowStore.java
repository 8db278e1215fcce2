package dev.yagura.run;

import java.util.Optional;

/**
 * Keeps the text of workflow files, by a digest of the text: what a run was made from is never
 * changed.
 */
public interface WorkflowStore {
  /** Keeps the text and gives its id. Keeping the same text again changes nothing. */
  String keep(String dsl);

  /** The text, or empty where nothing of this id is kept. */
  Optional<String> find(String id);

  /** Deletes the text; nothing happens where it is not kept. */
  void forget(String id);
}
