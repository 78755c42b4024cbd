-- What a person calls a page where that is not its number: a chapter, a slide.

ALTER TABLE pages ADD COLUMN label TEXT; -- JSON of the contract's PageLabel
