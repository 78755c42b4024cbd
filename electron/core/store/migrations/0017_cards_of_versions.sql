-- Cards follow their document to its new version, as questions do.

ALTER TABLE cards ADD COLUMN source_lost INTEGER NOT NULL DEFAULT 0; -- 1: the newer version no longer says what the card quotes
