package dev.yagura.dify;

import dev.yagura.graph.Node.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The node types that Dify knows, and what the core must know about each (dify-contract §1.7). */
public final class DifyNodeTypes {
  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    for (String root :
        new String[] {
          "start",
          "trigger-webhook",
          "trigger-schedule",
          "trigger-plugin",
          "datasource",
          "iteration-start",
          "loop-start"
        }) {
      KINDS.put(root, Kind.START);
    }
    KINDS.put("end", Kind.END);
    KINDS.put("answer", Kind.ANSWER);
    KINDS.put("knowledge-index", Kind.END);
    KINDS.put("if-else", Kind.BRANCH);
    KINDS.put("question-classifier", Kind.BRANCH);
    KINDS.put("human-input", Kind.BRANCH);
    KINDS.put("iteration", Kind.CONTAINER);
    KINDS.put("loop", Kind.CONTAINER);
    KINDS.put("loop-end", Kind.LOOP_END);
    for (String plain :
        new String[] {
          "llm",
          "knowledge-retrieval",
          "code",
          "template-transform",
          "http-request",
          "tool",
          "variable-aggregator",
          "parameter-extractor",
          "assigner",
          "document-extractor",
          "list-operator",
          "agent"
        }) {
      KINDS.put(plain, Kind.PLAIN);
    }
  }

  /** Types that may be tried again when they fail (dify-contract §2.1). */
  static final Set<String> WITH_RETRY =
      Collections.unmodifiableSet(new TreeSet<>(List.of("llm", "tool", "http-request", "code")));

  private DifyNodeTypes() {}

  /** All names, in a stable order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(KINDS.keySet());
  }

  public static boolean isKnown(String type) {
    return KINDS.containsKey(type);
  }

  /** What the core must know; an unknown type is an ordinary node, which fails when it is run. */
  static Kind kind(String type) {
    return KINDS.getOrDefault(type, Kind.PLAIN);
  }

  static boolean isRoot(String type) {
    return kind(type) == Kind.START
        && !type.equals("iteration-start")
        && !type.equals("loop-start");
  }
}
