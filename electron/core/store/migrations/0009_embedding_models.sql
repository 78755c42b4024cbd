-- Several embedding models in one library: whose vector changed, which history a saved graph is of, what was let go.

CREATE TABLE vector_changes_of_models (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  chunk_id INTEGER NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('add', 'remove')),
  model_id INTEGER NOT NULL DEFAULT 0, -- whose vector was added; 0: of every model
  -- Tells this history from that of another profile, or of an older copy that went on by itself.
  token INTEGER NOT NULL DEFAULT (random())
) STRICT;
INSERT INTO vector_changes_of_models (seq, chunk_id, operation) SELECT seq, chunk_id, operation FROM vector_changes;
-- The number goes on where it was, even if the newest changes are gone.
INSERT INTO sqlite_sequence (name, seq) SELECT 'vector_changes_of_models', 0
  WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'vector_changes_of_models');
UPDATE sqlite_sequence SET seq = coalesce((SELECT s.seq FROM sqlite_sequence s WHERE s.name = 'vector_changes'), 0)
  WHERE name = 'vector_changes_of_models';
DROP TABLE vector_changes;
ALTER TABLE vector_changes_of_models RENAME TO vector_changes;
CREATE INDEX vector_changes_by_model ON vector_changes (model_id, seq);

-- Texts that no chunk has any more. Their vectors stay for a while: the same text may come back with a new edition.
CREATE TABLE unused_texts (
  text_hash TEXT PRIMARY KEY,
  since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
