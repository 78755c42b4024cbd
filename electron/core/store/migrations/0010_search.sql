-- The words of the keyword index: derived, holds nothing of its own. Slips and sounds are compared with it.
CREATE VIRTUAL TABLE chunk_terms USING fts5vocab(chunk_words, row);

-- What a person changed of the terms that stand for each other; those that ship are data beside the app.
CREATE TABLE search_terms (
  id TEXT PRIMARY KEY, -- of the group that ships, or of one's own
  kind TEXT NOT NULL CHECK (kind IN ('same', 'near')),
  terms TEXT NOT NULL, -- JSON array of strings; empty: a group that ships was taken out
  changed_at_ms INTEGER NOT NULL
) STRICT;

-- Searches that were made, the latest ones, and those a person keeps.
CREATE TABLE searches (
  query TEXT PRIMARY KEY,
  saved INTEGER NOT NULL DEFAULT 0 CHECK (saved IN (0, 1)),
  used_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX searches_by_use ON searches (used_at_ms);
