-- Practice for the Mains: questions that are answered in writing, and the answers. A question outlives the documents it was made from.

CREATE TABLE mains_questions (
  id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  text_key TEXT NOT NULL, -- its words, folded: the same question is not kept twice
  language TEXT NOT NULL CHECK (language IN ('en', 'hi')),
  directive TEXT,
  marks INTEGER NOT NULL,
  word_limit INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  node_id TEXT, -- of the syllabus
  origin TEXT NOT NULL CHECK (origin IN ('own', 'imported', 'rules', 'model')),
  evidence TEXT NOT NULL, -- JSON of the contract's Citation
  source TEXT,
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER -- hidden; removed at the next start when nothing answers it
) STRICT;
CREATE INDEX mains_questions_by_key ON mains_questions (text_key);

CREATE TABLE mains_answers (
  id TEXT PRIMARY KEY,
  question_id TEXT NOT NULL REFERENCES mains_questions (id),
  text TEXT NOT NULL,
  elapsed_ms INTEGER NOT NULL DEFAULT 0, -- time it was written in
  revision INTEGER NOT NULL DEFAULT 0,
  started_at_ms INTEGER NOT NULL,
  saved_at_ms INTEGER NOT NULL,
  submitted_at_ms INTEGER,
  evaluation TEXT, -- JSON of the contract's Evaluation, once submitted
  job_id TEXT,
  deleted_at_ms INTEGER -- hidden; removed at the next start
) STRICT;
CREATE UNIQUE INDEX mains_answers_open ON mains_answers (question_id) WHERE submitted_at_ms IS NULL AND deleted_at_ms IS NULL;
CREATE INDEX mains_answers_by_time ON mains_answers (submitted_at_ms) WHERE submitted_at_ms IS NOT NULL;
