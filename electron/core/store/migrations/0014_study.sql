-- Summaries and comparisons, and flashcards. Both outlive their documents: quotes, titles and pages are kept with them.

CREATE TABLE briefs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('summary', 'comparison')),
  title TEXT NOT NULL, -- a document's title, or the topic
  chapter TEXT, -- the heading that was summarised; NULL for a whole document
  document_ids TEXT NOT NULL, -- JSON
  engine TEXT NOT NULL CHECK (engine IN ('ollama', 'extractive')),
  model TEXT,
  status TEXT NOT NULL CHECK (status IN ('making', 'ready', 'failed', 'cancelled')),
  note TEXT,
  sections TEXT NOT NULL, -- JSON of the contract's BriefSection
  citations TEXT NOT NULL, -- JSON of the contract's Citation
  job_id TEXT,
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER -- hidden; removed at the next start
) STRICT;

CREATE TABLE cards (
  id TEXT PRIMARY KEY,
  front TEXT NOT NULL,
  back TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cloze', 'question')),
  engine TEXT NOT NULL CHECK (engine IN ('ollama', 'rules', 'person')),
  model TEXT,
  document_id TEXT NOT NULL, -- no reference: a card stays when its document goes
  document_title TEXT NOT NULL,
  document_path TEXT NOT NULL,
  page_number INTEGER NOT NULL,
  quote TEXT NOT NULL, -- verbatim from the page, runs of whitespace as one space
  start_offset INTEGER NOT NULL, -- UTF-16, into the page's text
  end_offset INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER -- hidden; removed at the next start
) STRICT;
CREATE INDEX cards_by_document ON cards (document_id) WHERE deleted_at_ms IS NULL;
