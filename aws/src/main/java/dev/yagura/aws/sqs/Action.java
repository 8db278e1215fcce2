package dev.yagura.aws.sqs;

/** What is done with a queue, and the permission that it needs. */
enum Action {
  RECEIVE("sqs:ReceiveMessage"),
  DELETE("sqs:DeleteMessage"),
  EXTEND("sqs:ChangeMessageVisibility"),
  BURY("sqs:SendMessage"),
  ASK("sqs:GetQueueAttributes"),
  /** Not a matter of the queue: our own store, written and read. */
  KEEP(""),
  LOOK("");

  private final String permission;

  Action(String permission) {
    this.permission = permission;
  }

  String permission() {
    return permission;
  }
}
