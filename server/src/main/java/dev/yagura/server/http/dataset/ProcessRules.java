package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.text.Cut;
import dev.yagura.server.http.Json;

/** Dify's {@code process_rule} (dify-contract §5.2). Its "tokens" are characters. */
final class ProcessRules {
  private static final int MAX_SEPARATOR = 100;
  private static final int MAX_STEPS = 20;
  private static final String SPACES = "remove_extra_spaces";
  private static final String ADDRESSES = "remove_urls_emails";
  private static final String HIERARCHICAL = "hierarchical";

  private ProcessRules() {}

  static boolean isHierarchical(Fields rule) {
    return mode(rule).equals(HIERARCHICAL);
  }

  private static String mode(Fields rule) {
    return rule.choice("mode", "automatic", "custom", HIERARCHICAL)
        .orElseThrow(() -> Fields.invalidParam("Process rule mode is required"));
  }

  static ProcessRule read(Fields rule) {
    if (mode(rule).equals("automatic")) {
      return ProcessRule.AUTOMATIC;
    }
    Fields rules =
        rule.object("rules")
            .orElseThrow(() -> Fields.invalidParam("Process rule rules is required"));
    boolean spaces = false;
    boolean addresses = false;
    for (Fields step : rules.objects("pre_processing_rules", MAX_STEPS)) {
      String id =
          step.choice("id", SPACES, ADDRESSES, "remove_stopwords")
              .orElseThrow(
                  () -> Fields.invalidParam("Process rule pre_processing_rules id is required"));
      spaces |= id.equals(SPACES) && step.flag("enabled", false);
      addresses |= id.equals(ADDRESSES) && step.flag("enabled", false);
    }
    boolean whole =
        rules.choice("parent_mode", "paragraph", "full-doc").filter("full-doc"::equals).isPresent();
    return new ProcessRule(
        ProcessRule.Mode.CUSTOM,
        spaces,
        addresses,
        whole && !rules.has("segmentation") ? Cut.PARENT : parentCut(rules),
        whole,
        rules.object("subchunk_segmentation").map(ProcessRules::cut).orElse(Cut.CHILD));
  }

  private static Cut parentCut(Fields rules) {
    return rules
        .object("segmentation")
        .map(ProcessRules::cut)
        .orElseThrow(() -> Fields.invalidParam("Process rule segmentation is required"));
  }

  private static Cut cut(Fields segmentation) {
    String separator =
        segmentation
            .text("separator", MAX_SEPARATOR)
            .or(() -> segmentation.text("delimiter", MAX_SEPARATOR))
            .map(ProcessRules::escaped)
            .orElse("\n");
    if (separator.isEmpty()) {
      throw segmentation.invalid("separator", "", "1 to " + MAX_SEPARATOR + " characters");
    }
    if (!segmentation.has("max_tokens")) {
      throw Fields.invalidParam("Process rule segmentation max_tokens is required");
    }
    int length = segmentation.whole("max_tokens", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(0);
    if (length < ProcessRule.MIN_LENGTH || length > ProcessRule.MAX_LENGTH) {
      throw Fields.invalidParam(
          "Custom segment length should be between "
              + ProcessRule.MIN_LENGTH
              + " and "
              + ProcessRule.MAX_LENGTH
              + ".");
    }
    return new Cut(separator, length, segmentation.whole("chunk_overlap", 0, length).orElse(0));
  }

  private static String escaped(String separator) {
    return separator.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
  }

  /** The rule of a document, as it was given. */
  static ObjectNode view(Document document) {
    ProcessRule rule = document.settings().rule();
    ObjectNode json = Json.object();
    if (rule.mode() == ProcessRule.Mode.AUTOMATIC) {
      json.put("mode", "automatic");
    } else {
      json.put(
          "mode",
          document.settings().form() == DocumentForm.PARENT_CHILD ? HIERARCHICAL : "custom");
    }
    ObjectNode rules = json.putObject("rules");
    ArrayNode steps = rules.putArray("pre_processing_rules");
    steps.addObject().put("id", SPACES).put("enabled", rule.removeExtraSpaces());
    steps.addObject().put("id", ADDRESSES).put("enabled", rule.removeUrlsEmails());
    rules.set("segmentation", view(rule.cut()));
    if (document.settings().form() == DocumentForm.PARENT_CHILD) {
      rules.put("parent_mode", rule.wholeParent() ? "full-doc" : "paragraph");
      rules.set("subchunk_segmentation", view(rule.childCut()));
    }
    return json;
  }

  private static ObjectNode view(Cut cut) {
    return Json.object()
        .put("separator", cut.separator())
        .put("max_tokens", cut.maxLength())
        .put("chunk_overlap", cut.overlap());
  }
}
