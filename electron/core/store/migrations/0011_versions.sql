-- Documents that are not to be found: deleted ones until they are purged, and new versions until they are ready.

ALTER TABLE documents ADD COLUMN deleted_at_ms INTEGER; -- since when it is in the trash
ALTER TABLE documents ADD COLUMN replaces_id TEXT REFERENCES documents (id) ON DELETE CASCADE; -- whose new version this will be
CREATE UNIQUE INDEX documents_new_version ON documents (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX documents_deleted ON documents (deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;
CREATE INDEX documents_by_path ON documents (path);

-- Chunks that search must not see, whole, until they are put among the others (again).
CREATE TABLE shelved_chunks (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  text_hash TEXT NOT NULL,
  chunk TEXT NOT NULL, -- JSON of a row of chunks without its id and document
  PRIMARY KEY (document_id, ordinal)
) STRICT;
CREATE INDEX shelved_chunks_by_text_hash ON shelved_chunks (text_hash);

-- Files that no document has any more: removed from the disk after the commit, or at the next start.
CREATE TABLE discarded_blobs (
  sha256 TEXT PRIMARY KEY
) STRICT;

-- 1: the document's newer version no longer says what the question was made from.
ALTER TABLE questions ADD COLUMN source_lost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question_sources ADD COLUMN source_lost INTEGER NOT NULL DEFAULT 0;
