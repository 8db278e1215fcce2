package dev.yagura.finding.catalogue;

import dev.yagura.finding.Resource;
import java.util.Map;

/**
 * All steps by name, and the names that mean different steps for different resources.
 *
 * @param kinds name → GuardDuty's resource type or the kind of credentials → step; the key {@code
 *     other} is for the rest
 */
record Playbook(Map<String, Step> actions, Map<String, Map<String, String>> kinds) {

  Step step(String name, Resource.Kind kind, String principal) {
    Map<String, String> choices = kinds.get(name);
    if (choices == null) {
      return action(name);
    }
    String key = name.equals("principal") ? principal : resourceType(kind);
    return action(choices.getOrDefault(key, choices.getOrDefault("other", name)));
  }

  private static String resourceType(Resource.Kind kind) {
    return switch (kind) {
      case INSTANCE -> "Instance";
      case EKS_CLUSTER -> "EKSCluster";
      case ECS_CLUSTER -> "ECSCluster";
      case CONTAINER -> "Container";
      case FUNCTION -> "Lambda";
      default -> "other";
    };
  }

  private Step action(String name) {
    Step step = actions.get(name);
    if (step == null) {
      throw new IllegalStateException("the catalogue has no action " + name);
    }
    return step;
  }
}
