package dev.yagura.server;

import dev.yagura.base.Failure;
import dev.yagura.dify.DifyReader;
import dev.yagura.dify.Imported;
import dev.yagura.dify.Variable;
import dev.yagura.dify.Workflow;
import dev.yagura.graph.value.Value;
import dev.yagura.run.WorkflowVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes versions that run out of workflow files. */
public final class WorkflowFiles {
  /** The workflow that ships with the product. */
  public static final String BUNDLED = "GuardDutyHandler.yml";

  private WorkflowFiles() {}

  /** The bundled workflow's text. */
  public static String bundled() {
    try (InputStream in = WorkflowFiles.class.getResourceAsStream("/workflows/" + BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("the bundled workflow is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What was imported; a FlowException with every problem where nothing was. */
  public static Workflow workflow(Imported imported) {
    return imported
        .workflow()
        .orElseThrow(
            () ->
                Failure.user(
                        "WorkflowNotImported",
                        imported.problems().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining("\n")))
                    .asException());
  }

  /** A version of a file's text; a FlowException with every problem where it cannot be imported. */
  public static WorkflowVersion version(String source, String text) {
    Workflow workflow = workflow(DifyReader.read(source, text));
    Value.Obj secrets = Value.EMPTY;
    for (Variable variable : workflow.environment()) {
      if (variable.isSecret()) {
        secrets = secrets.with(variable.name(), variable.value());
      }
    }
    return new WorkflowVersion(
        UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString(),
        workflow.name(),
        workflow.isChatflow(),
        workflow.graph(),
        workflow.plainEnvironment(),
        secrets,
        workflow.conversationDefaults());
  }

  /** The version with some environment variables changed. */
  public static WorkflowVersion withEnvironment(WorkflowVersion version, Value.Obj changes) {
    return new WorkflowVersion(
        version.id(),
        version.name(),
        version.chatflow(),
        version.graph(),
        version.environment().with(changes),
        version.secrets(),
        version.conversation());
  }
}
