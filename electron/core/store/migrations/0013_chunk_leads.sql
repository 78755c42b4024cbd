-- The beginning, on the page before, of a sentence that a chunk begins in the middle of.

ALTER TABLE chunks ADD COLUMN lead TEXT NOT NULL DEFAULT '';
UPDATE shelved_chunks SET chunk = json_set(chunk, '$.lead', '');
