-- What a quiz is narrowed to, how hard its questions are wished, and how hard each is.

ALTER TABLE quizzes ADD COLUMN only_from TEXT NOT NULL DEFAULT 'all' CHECK (only_from IN ('all', 'wrong', 'week'));
ALTER TABLE quizzes ADD COLUMN syllabus_id TEXT; -- the head of the syllabus it is narrowed to
ALTER TABLE quizzes ADD COLUMN places TEXT; -- JSON: where its sentences must stand; NULL: anywhere in its documents
ALTER TABLE quizzes ADD COLUMN difficulty TEXT NOT NULL DEFAULT 'exam'
  CHECK (difficulty IN ('exam', 'mixed', 'easy', 'medium', 'hard'));
ALTER TABLE questions ADD COLUMN difficulty TEXT CHECK (difficulty IN ('easy', 'medium', 'hard')); -- NULL: not known

-- When a page was last read in the reader.
CREATE TABLE pages_read (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_number INTEGER NOT NULL,
  read_at_ms INTEGER NOT NULL,
  PRIMARY KEY (document_id, page_number)
) STRICT, WITHOUT ROWID;
