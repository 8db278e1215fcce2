-- Who asked for a run, and what it came to.
ALTER TABLE runs ADD COLUMN app TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN user_id TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN idempotency_key TEXT;
ALTER TABLE runs ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN exceptions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN error TEXT NOT NULL DEFAULT '';
CREATE INDEX runs_by_app ON runs (app, created_at);
CREATE UNIQUE INDEX runs_by_key ON runs (app, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Whose workflow explains the finding; empty for the default one.
ALTER TABLE findings ADD COLUMN app TEXT NOT NULL DEFAULT '';

-- Apps, keys, models, settings: documents of configuration.
CREATE TABLE records (
  kind       TEXT   NOT NULL,
  id         TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE TABLE knowledge_bases (
  id         TEXT   NOT NULL PRIMARY KEY,
  name       TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE knowledge_documents (
  id         TEXT    NOT NULL PRIMARY KEY,
  base_id    TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  hash       TEXT    NOT NULL,
  error      TEXT    NOT NULL,
  segments   INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  added_at   BIGINT  NOT NULL
);
CREATE UNIQUE INDEX knowledge_documents_by_name ON knowledge_documents (base_id, name);
-- A vector is its numbers as 32-bit floats, big-endian.
CREATE TABLE knowledge_segments (
  id           TEXT    NOT NULL PRIMARY KEY,
  base_id      TEXT    NOT NULL,
  document_id  TEXT    NOT NULL,
  position     INTEGER NOT NULL,
  heading      TEXT    NOT NULL,
  body         TEXT    NOT NULL,
  page         INTEGER NOT NULL,
  vector       BLOB,
  vector_model TEXT    NOT NULL
);
CREATE INDEX knowledge_segments_by_document ON knowledge_segments (document_id);
