package dev.yagura.server.http;

/** Who may call a route. Every route names one. */
public enum Permission {
  /** Anybody. */
  PUBLIC,
  /** Whoever has the key of an app; the call is about that app. */
  APP,
  /** Whoever has an intake key or the key of an app. */
  INTAKE,
  /** Whoever has a key of the knowledge. */
  DATASET,
  /** Whoever can read the data folder: the administrator. */
  ADMIN
}
