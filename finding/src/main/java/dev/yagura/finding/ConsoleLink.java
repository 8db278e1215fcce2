package dev.yagura.finding;

/**
 * The link to a finding in the AWS console (guardduty.md §2.2). Built from parts that have the
 * right form only, so that nothing in a finding can choose where it leads.
 */
final class ConsoleLink {
  private ConsoleLink() {}

  static String of(Finding finding) {
    if (!finding.id().matches("[0-9a-f]{32}")
        || !finding.region().matches("[a-z]{2}(-[a-z]+)+-\\d")) {
      return "";
    }
    String host =
        switch (finding.partition()) {
          case "aws-cn" -> "console.amazonaws.cn";
          case "aws-us-gov" -> "console.amazonaws-us-gov.com";
          default -> finding.region() + ".console.aws.amazon.com";
        };
    return "https://"
        + host
        + "/guardduty/home?region="
        + finding.region()
        + "#/findings?macros=current&fId="
        + finding.id();
  }
}
