-- Findings of the same activity belong to a thread: the id of the first of them. Band, last_seen
-- (milliseconds) and seen (GuardDuty's counter) say how the thread stands.
ALTER TABLE findings ADD COLUMN finding TEXT NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN band INTEGER NOT NULL DEFAULT 0;
ALTER TABLE findings ADD COLUMN last_seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE findings ADD COLUMN seen BIGINT NOT NULL DEFAULT 1;
ALTER TABLE findings ADD COLUMN thread TEXT NOT NULL DEFAULT '';
-- What was accepted before is each a thread of its own; its fingerprint was GuardDuty's id.
UPDATE findings SET thread = id;
UPDATE findings SET finding = fingerprint WHERE revision LIKE fingerprint || '@%';
DROP INDEX findings_by_fingerprint;
CREATE INDEX findings_by_fingerprint ON findings (fingerprint, received_at);
CREATE INDEX findings_by_finding ON findings (finding, received_at);
CREATE INDEX findings_by_thread ON findings (thread, band);

-- An item for each channel that it goes to; message is the notice it went in, posted what the
-- channel calls that message.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN message TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN posted TEXT NOT NULL DEFAULT '';
DROP INDEX outbox_by_due;
CREATE INDEX outbox_by_due ON outbox (state, channel, kind, due_at);
