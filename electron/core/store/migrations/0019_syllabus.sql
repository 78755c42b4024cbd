-- Which heads of the syllabus a passage belongs to: derived, made again when the syllabus or the embedding model changes.

CREATE TABLE syllabus_matches (
  chunk_id INTEGER NOT NULL REFERENCES chunks (id) ON DELETE CASCADE,
  node_id TEXT NOT NULL,
  score REAL NOT NULL, -- 0 to 1, only to be compared with others
  PRIMARY KEY (chunk_id, node_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX syllabus_matches_by_node ON syllabus_matches (node_id, score);

-- One row: what the passages were matched with, and how far.
CREATE TABLE syllabus_progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version TEXT NOT NULL, -- of syllabus, rules and embedding model together
  after_id INTEGER NOT NULL, -- passages up to it are done, up to last_id they are to be
  last_id INTEGER NOT NULL,
  seq INTEGER NOT NULL -- the vector change from which on later passages are followed
) STRICT;
