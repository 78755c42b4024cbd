-- The library: collections, documents, their pages, chunks, vectors, and what is derived from them.

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE collections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  path TEXT NOT NULL, -- as it was given to import
  sha256 TEXT NOT NULL UNIQUE, -- the blob's address: one document per content
  media_type TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  page_count INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('queued', 'importing', 'ready', 'failed', 'cancelled')),
  failure TEXT, -- JSON of the contract's Failure
  collection_id TEXT REFERENCES collections (id) ON DELETE SET NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_by_collection ON documents (collection_id);

CREATE TABLE pages (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_number INTEGER NOT NULL, -- from 1, the file's own
  width REAL NOT NULL, -- points as shown; 0 where the format has no page size
  height REAL NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('text', 'empty', 'unreadable', 'failed')),
  text TEXT NOT NULL,
  boxes BLOB NOT NULL, -- store/pages.rows.ts packs and unpacks it
  headings TEXT NOT NULL, -- JSON: [start, length, level, ...] into text
  failure TEXT,
  PRIMARY KEY (document_id, page_number)
) STRICT;
-- What a library's list counts: pages are large, and few of them are meant.
CREATE INDEX pages_to_read ON pages (document_id) WHERE status IN ('unreadable', 'failed');

-- AUTOINCREMENT: an id is never used again, since index labels are chunk ids.
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 0, in reading order
  page_number INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, -- UTF-16, into the page's text
  end_offset INTEGER NOT NULL,
  heading TEXT NOT NULL, -- the headings above it, outermost first, joined by ' › '; '' for none
  text TEXT NOT NULL,
  text_hash TEXT NOT NULL, -- SHA-256 of what is embedded (heading and text)
  token_count INTEGER NOT NULL, -- by the embedding model's tokenizer
  UNIQUE (document_id, ordinal)
) STRICT;
CREATE INDEX chunks_by_text_hash ON chunks (text_hash);
CREATE INDEX chunks_by_page ON chunks (document_id, page_number);

-- Derived, and holds no text of its own: folded words of each chunk, rowid = chunks.id.
CREATE VIRTUAL TABLE chunk_words USING fts5(
  title, heading, text,
  content = '', contentless_delete = 1,
  tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

CREATE TABLE embedding_models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  weights_hash TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  prompt TEXT NOT NULL,
  UNIQUE (name, weights_hash, dimension, prompt)
) STRICT;

-- Keyed by what was embedded, not by where it stands: a text is never embedded twice.
CREATE TABLE embeddings (
  model_id INTEGER NOT NULL REFERENCES embedding_models (id) ON DELETE CASCADE,
  text_hash TEXT NOT NULL,
  vector BLOB NOT NULL, -- float32 little-endian, unit length
  PRIMARY KEY (model_id, text_hash)
) STRICT;

-- What a vector index must do to catch up; seq is its change number.
CREATE TABLE vector_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  chunk_id INTEGER NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('add', 'remove'))
) STRICT;
