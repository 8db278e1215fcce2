package dev.yagura.run;

import java.util.Optional;

/** Finds the version that a run was made from, so that it can go on after a restart. */
public interface Workflows {
  Optional<WorkflowVersion> find(String id);
}
