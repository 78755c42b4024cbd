-- Styles of question are data now: any style may stand in a quiz. Tables with the old lists are made anew.

CREATE TABLE quizzes_new (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  style TEXT NOT NULL, -- the id of a style, or mixed
  exam_id TEXT NOT NULL, -- whose paper it is shaped after and marked as
  option_count INTEGER NOT NULL, -- options a question, as that paper prints them
  engine TEXT NOT NULL CHECK (engine IN ('ollama', 'rules', 'imported')),
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
INSERT INTO quizzes_new
SELECT id, title, style, 'upsc-gs1', 4, engine, status, note, requested_count, dropped, duration_ms, per_question_ms, seed,
       job_id, created_at_ms
FROM quizzes;
DROP TABLE quizzes;
ALTER TABLE quizzes_new RENAME TO quizzes;

CREATE TABLE questions_new (
  id TEXT PRIMARY KEY,
  quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 0, as they were made
  seat INTEGER NOT NULL, -- the place in the plan it fills: a seat is never filled twice
  style TEXT NOT NULL,
  engine TEXT NOT NULL CHECK (engine IN ('ollama', 'rules', 'imported')),
  stem TEXT NOT NULL,
  statements TEXT NOT NULL, -- JSON array
  labels TEXT NOT NULL, -- JSON array: what stands before each statement; empty for plain numbers
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
INSERT INTO questions_new
SELECT id, quiz_id, ordinal, seat, style, engine, stem, statements, '[]', prompt, options, answer_index, explanation,
       document_id, document_path, document_title, page_number, quote, start_offset, end_offset, boxes, facts, answer,
       vector, vector_model, created_at_ms
FROM questions;
DROP TABLE questions;
ALTER TABLE questions_new RENAME TO questions;

-- Where a question's further statements stand, when they are on several pages.
CREATE TABLE question_sources (
  question_id TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 1: the first source is on the question's own row
  document_id TEXT NOT NULL,
  document_path TEXT NOT NULL,
  document_title TEXT NOT NULL,
  page_number INTEGER NOT NULL,
  quote TEXT NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  PRIMARY KEY (question_id, ordinal)
) STRICT;
