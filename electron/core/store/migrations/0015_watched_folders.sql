-- Folders whose new files are offered or imported, and what was seen in them.

CREATE TABLE watched_folders (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  mode TEXT NOT NULL CHECK (mode IN ('offer', 'import')),
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE watched_files (
  folder_id TEXT NOT NULL REFERENCES watched_folders (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL, -- with the size: whether it is still the file that was seen
  state TEXT NOT NULL CHECK (state IN ('new', 'done')), -- done: imported, or left out by the person
  PRIMARY KEY (folder_id, path)
) STRICT, WITHOUT ROWID;
