package dev.yagura.finding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a finding says, computed by code and by code alone. Every text in here is cleaned; most of
 * them may have been chosen by an attacker all the same (guardduty.md §6).
 *
 * @param resource what it is about
 * @param others more resources that it names (a container's host, further buckets), at most {@link
 *     #MAX_LISTED}
 * @param principal whose credentials were used, or null
 * @param kubernetesUser the name in the cluster; empty when there is none
 * @param action what was seen
 * @param process what ran, or null
 * @param malware what a scan found; empty when there was none
 * @param sequence the attack sequence or the sequence of a custom detection rule, or null
 * @param threatLists names of threat lists and threats that matched
 * @param count how often, at least 1
 * @param firstSeen or null
 * @param lastSeen or null
 * @param consoleLink to the finding in the AWS console; empty when id or Region is unknown
 */
public record Facts(
    Finding finding,
    Resource resource,
    List<Resource> others,
    @Nullable Principal principal,
    String kubernetesUser,
    Action action,
    @Nullable ProcessFacts process,
    MalwareFacts malware,
    @Nullable SequenceFacts sequence,
    List<String> threatLists,
    long count,
    @Nullable Instant firstSeen,
    @Nullable Instant lastSeen,
    String consoleLink) {

  /** Most entries of any list in the facts. */
  public static final int MAX_LISTED = 5;

  /** Computes the facts of a finding. */
  public static Facts of(Finding finding) {
    Tree body = finding.body();
    List<Resource> resources = ResourceFacts.of(body);
    Double count = body.number("service.count");
    SequenceFacts sequence = SequenceFacts.of(body);
    return new Facts(
        finding,
        main(resources.getFirst(), sequence),
        resources.subList(1, Math.min(resources.size(), 1 + MAX_LISTED)),
        ResourceFacts.principal(body),
        name(body.text("resource.kubernetesDetails.kubernetesUserDetails.username")),
        ActionFacts.of(body),
        ProcessFacts.of(body),
        MalwareFacts.of(body),
        sequence,
        ActionFacts.threatLists(body),
        count == null ? 1 : Math.max(1, count.longValue()),
        Times.parse(body.text("service.eventFirstSeen", body.text("createdAt", ""))),
        Times.parse(body.text("service.eventLastSeen", body.text("updatedAt", ""))),
        ConsoleLink.of(finding));
  }

  /** An attack sequence names its resources inside; the first of them stands for all. */
  private static Resource main(Resource resource, @Nullable SequenceFacts sequence) {
    if (!resource.shown().isEmpty() || sequence == null || sequence.resources().isEmpty()) {
      return resource;
    }
    return new Resource(resource.kind(), sequence.resources().getFirst(), "", List.of());
  }

  /**
   * The kind of the resource that can be cut off: the finding's own, or the host that it names
   * beside credentials.
   */
  public Resource.Kind computeKind() {
    if (resource.kind().isCompute()) {
      return resource.kind();
    }
    return others.stream()
        .map(Resource::kind)
        .filter(Resource.Kind::isCompute)
        .findFirst()
        .orElse(resource.kind());
  }

  /** A name out of a finding: cleaned and cut. */
  static String name(@Nullable String text) {
    return text == null ? "" : Untrusted.clean(text, Untrusted.NAME);
  }

  /** A free text out of a finding: cleaned and cut. */
  static String text(@Nullable String text) {
    return text == null ? "" : Untrusted.clean(text, Untrusted.TEXT);
  }
}
