-- Recognised text: which pages are to be read from their picture, and how sure it is of those that were.

ALTER TABLE pages ADD COLUMN recognition TEXT CHECK (recognition IN ('wanted', 'done', 'refused', 'failed'));
-- Of the recognised text; of a wanted page, the language that the person chose.
ALTER TABLE pages ADD COLUMN language TEXT;
ALTER TABLE pages ADD COLUMN confidence REAL; -- mean of the words, 0 to 100

-- Holds all that lists ask for: a page's row is large, and its last columns lie behind its text.
CREATE INDEX pages_recognised ON pages (document_id, recognition, confidence, page_number)
WHERE recognition IS NOT NULL;

UPDATE pages SET recognition = 'wanted'
WHERE status = 'unreadable' AND document_id IN (SELECT id FROM documents WHERE status = 'ready');
