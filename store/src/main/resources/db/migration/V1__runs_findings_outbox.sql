-- Times are milliseconds since 1970 in UTC. JSON is text in the format that run/journal writes.
CREATE TABLE workflows (
  id         TEXT   NOT NULL PRIMARY KEY,
  dsl        TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE runs (
  id          TEXT   NOT NULL PRIMARY KEY,
  workflow    TEXT   NOT NULL,
  status      TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX runs_by_end ON runs (finished_at, id);

CREATE TABLE journal (
  run_id TEXT    NOT NULL,
  seq    INTEGER NOT NULL,
  at     BIGINT  NOT NULL,
  format INTEGER NOT NULL,
  events TEXT    NOT NULL,
  PRIMARY KEY (run_id, seq)
);

CREATE TABLE node_logs (
  run_id      TEXT    NOT NULL,
  seq         INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  frame       TEXT    NOT NULL,
  node        TEXT    NOT NULL,
  attempt     INTEGER NOT NULL,
  type        TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  status      TEXT    NOT NULL,
  error       TEXT    NOT NULL,
  trace       TEXT    NOT NULL,
  outputs     TEXT    NOT NULL,
  started_at  BIGINT  NOT NULL,
  finished_at BIGINT  NOT NULL,
  PRIMARY KEY (run_id, seq, position)
);

CREATE TABLE outbox (
  effect_key TEXT    NOT NULL PRIMARY KEY,
  run_id     TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  payload    TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  attempts   INTEGER NOT NULL,
  due_at     BIGINT  NOT NULL,
  error      TEXT    NOT NULL,
  created_at BIGINT  NOT NULL
);
CREATE INDEX outbox_by_due ON outbox (state, due_at);
CREATE INDEX outbox_by_run ON outbox (run_id);

CREATE TABLE findings (
  id          TEXT   NOT NULL PRIMARY KEY,
  revision    TEXT   NOT NULL UNIQUE,
  fingerprint TEXT   NOT NULL,
  payload     TEXT   NOT NULL,
  received_at BIGINT NOT NULL,
  handled_at  BIGINT
);
CREATE INDEX findings_by_fingerprint ON findings (fingerprint);
CREATE INDEX findings_by_time ON findings (handled_at, received_at);

-- Large texts, once each, and which runs name them.
CREATE TABLE blobs (
  id   TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);
CREATE TABLE blob_uses (
  run_id  TEXT NOT NULL,
  blob_id TEXT NOT NULL,
  PRIMARY KEY (run_id, blob_id)
);
CREATE INDEX blob_uses_by_blob ON blob_uses (blob_id);
