package dev.yagura.finding.alert;

import dev.yagura.finding.Resource;
import java.util.List;
import java.util.Map;

/** The name and details of a resource, in the order of the facts, with the labels of a language. */
final class ResourceDetails {
  private ResourceDetails() {}

  static List<Span> of(Resource resource, Map<String, String> labels, String named, String comma) {
    var line = new Line();
    if (!resource.name().isEmpty()) {
      line.text(named).name(resource.name());
    }
    resource.details().stream()
        .filter(detail -> labels.containsKey(detail.key()))
        .forEach(
            detail ->
                line.text(line.spans().isEmpty() ? "" : comma)
                    .text(labels.getOrDefault(detail.key(), ""))
                    .name(detail.value()));
    return line.spans();
  }
}
