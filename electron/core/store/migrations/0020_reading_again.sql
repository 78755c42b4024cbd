-- What was not read and can be read later: with a password that is asked for again, or by a newer reader.

-- The file is locked and its password is gone: its wanted pages wait until it is given again.
ALTER TABLE documents ADD COLUMN awaits_password INTEGER NOT NULL DEFAULT 0;
-- The reader that last tried the pages and files it could not read: a newer one tries them once more.
ALTER TABLE documents ADD COLUMN reader_version INTEGER NOT NULL DEFAULT 0;
