-- Knowledge bases with settings, documents with the state of the work on them, vectors by model.
ALTER TABLE knowledge_bases ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_bases ADD COLUMN settings TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_bases ADD COLUMN served_model TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_bases ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE knowledge_bases SET changed_at = created_at;

ALTER TABLE knowledge_documents ADD COLUMN generation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE knowledge_documents ADD COLUMN state TEXT NOT NULL DEFAULT 'COMPLETED';
ALTER TABLE knowledge_documents ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_documents ADD COLUMN settings TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_documents ADD COLUMN counts TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_documents ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE knowledge_documents SET changed_at = added_at;
UPDATE knowledge_documents SET state = 'FAILED', generation = 0 WHERE error <> '';

-- A vector is its numbers as 32-bit floats, big-endian.
CREATE TABLE knowledge_vectors (
  segment_id  TEXT NOT NULL,
  model       TEXT NOT NULL,
  base_id     TEXT NOT NULL,
  numbers     BLOB NOT NULL,
  PRIMARY KEY (segment_id, model)
);
CREATE INDEX knowledge_vectors_by_base ON knowledge_vectors (base_id, model);
INSERT INTO knowledge_vectors (segment_id, model, base_id, numbers)
  SELECT id, vector_model, base_id, vector FROM knowledge_segments WHERE vector IS NOT NULL;
UPDATE knowledge_bases SET served_model = COALESCE(
  (SELECT MAX(model) FROM knowledge_vectors WHERE base_id = knowledge_bases.id), '');

ALTER TABLE knowledge_segments DROP COLUMN vector;
ALTER TABLE knowledge_segments DROP COLUMN vector_model;
ALTER TABLE knowledge_segments ADD COLUMN generation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE knowledge_segments ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_segments ADD COLUMN kind TEXT NOT NULL DEFAULT 'TEXT';
ALTER TABLE knowledge_segments ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_segments ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1;
ALTER TABLE knowledge_segments ADD COLUMN state TEXT NOT NULL DEFAULT 'COMPLETED';
ALTER TABLE knowledge_segments ADD COLUMN error TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_segments ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE knowledge_segments ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
DROP INDEX knowledge_segments_by_document;
CREATE INDEX knowledge_segments_in_order ON knowledge_segments (document_id, generation, id);
CREATE INDEX knowledge_segments_by_parent ON knowledge_segments (parent) WHERE parent <> '';
