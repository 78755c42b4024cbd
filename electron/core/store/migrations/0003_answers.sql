-- Questions that were asked and what was answered, whole: an answer stays readable after its documents are gone.

CREATE TABLE answers (
  id TEXT PRIMARY KEY,
  question TEXT NOT NULL,
  answer TEXT NOT NULL, -- JSON of the contract's Answer
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX answers_by_time ON answers (created_at_ms);
