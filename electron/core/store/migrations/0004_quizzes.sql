-- Quizzes, their questions, and the attempts at them.

CREATE TABLE quizzes (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  style TEXT NOT NULL CHECK (style IN ('mixed', 'direct', 'statements', 'cloze', 'definition')),
  engine TEXT NOT NULL CHECK (engine IN ('ollama', 'rules')),
  status TEXT NOT NULL CHECK (status IN ('making', 'ready', 'failed', 'cancelled')),
  note TEXT, -- why fewer than asked, or none
  requested_count INTEGER NOT NULL,
  dropped TEXT NOT NULL, -- JSON: candidates dropped, by the name of the check that dropped them
  duration_ms INTEGER NOT NULL,
  per_question_ms INTEGER, -- set when the person chose no test time: it then follows the number of questions
  seed INTEGER NOT NULL, -- the same seed and text give the same questions
  job_id TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- What a quiz is about. No foreign key: a quiz outlives the documents it was made from.
CREATE TABLE quiz_documents (
  quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  document_id TEXT NOT NULL,
  PRIMARY KEY (quiz_id, ordinal)
) STRICT;

CREATE TABLE questions (
  id TEXT PRIMARY KEY,
  quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 0, as they were made
  seat INTEGER NOT NULL, -- the place in the plan it fills: a seat is never filled twice
  style TEXT NOT NULL CHECK (style IN ('direct', 'statements', 'cloze', 'definition')),
  engine TEXT NOT NULL CHECK (engine IN ('ollama', 'rules')),
  stem TEXT NOT NULL,
  statements TEXT NOT NULL, -- JSON array
  prompt TEXT NOT NULL,
  options TEXT NOT NULL, -- JSON array
  answer_index INTEGER NOT NULL,
  explanation TEXT NOT NULL,
  -- The source is whole on the row, so that it can still be read when the document is gone.
  document_id TEXT NOT NULL,
  document_path TEXT NOT NULL,
  document_title TEXT NOT NULL,
  page_number INTEGER NOT NULL,
  quote TEXT NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  boxes TEXT NOT NULL, -- JSON array of the contract's Box
  -- For telling a new question from those that are there.
  facts TEXT NOT NULL, -- JSON array: the folded sentences it asks about
  answer TEXT NOT NULL, -- the key, folded
  vector BLOB, -- float32 little-endian, unit length; of the text it asks about
  vector_model TEXT, -- which model made the vector
  created_at_ms INTEGER NOT NULL,
  UNIQUE (quiz_id, ordinal),
  UNIQUE (quiz_id, seat)
) STRICT;

CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
  scheme TEXT NOT NULL, -- JSON of the contract's MarkingScheme, as it was when the attempt began
  question_count INTEGER NOT NULL, -- of the quiz when the attempt began: those made later are not a part of it
  duration_ms INTEGER NOT NULL,
  elapsed_ms INTEGER NOT NULL DEFAULT 0,
  started_at_ms INTEGER NOT NULL,
  submitted_at_ms INTEGER,
  score TEXT -- JSON of the contract's Score, once submitted
) STRICT;
CREATE UNIQUE INDEX attempts_open ON attempts (quiz_id) WHERE submitted_at_ms IS NULL;
CREATE INDEX attempts_by_quiz ON attempts (quiz_id, submitted_at_ms);

CREATE TABLE responses (
  attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  question_id TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  chosen_index INTEGER, -- NULL is a blank
  marked INTEGER NOT NULL CHECK (marked IN (0, 1)),
  changed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (attempt_id, question_id)
) STRICT;
