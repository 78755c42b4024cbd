-- A key may be corrected and a question dropped after the test: every decision is kept, and the newest counts.

CREATE TABLE question_keys (
  question_id TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  version INTEGER NOT NULL, -- from 2: version 1 is the key the question was made with
  answer_index INTEGER, -- NULL: the question is dropped from every score
  reason TEXT NOT NULL CHECK (reason IN ('key', 'dropped', 'reported', 'kin', 'restored')),
  changed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (question_id, version)
) STRICT;

-- How long a question was in view in an attempt.
ALTER TABLE responses ADD COLUMN spent_ms INTEGER NOT NULL DEFAULT 0;

-- What a question is about, kept for when its document is gone; '' where no heading stands above it.
ALTER TABLE questions ADD COLUMN topic TEXT NOT NULL DEFAULT '';
