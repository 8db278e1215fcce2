package dev.yagura.model;

/** What a chat model can do beyond answering. */
public enum Capability {
  /** Its answer comes in pieces as it is written. */
  STREAMING,
  /** It keeps to a JSON schema by itself. */
  JSON_SCHEMA
}
