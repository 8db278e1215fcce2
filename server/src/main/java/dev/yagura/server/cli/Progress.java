package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Follows the work on a document, and says how far it is. */
final class Progress {
  private static final int SECONDS = 5;

  private Progress() {}

  /** Gives the document at the end of the work, or when it is paused. */
  static JsonNode follow(TargetCommand command, Target target, String path, String name) {
    String last = "";
    while (true) {
      JsonNode document = target.get(path + "?wait=" + SECONDS);
      String status = document.path("status").asText();
      if (status.equals("indexed") || status.equals("failed") || status.equals("paused")) {
        return document;
      }
      String now = KnowledgeCommand.outcome(document);
      if (!now.equals(last)) {
        command.say(name + ": " + now + " …");
        last = now;
      }
    }
  }
}
