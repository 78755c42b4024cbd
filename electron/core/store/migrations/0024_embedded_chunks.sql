-- How far it was seen that every chunk is embedded with a model: chunks up to there are not looked at again at each start. Holds
-- for good, as chunk ids only grow and a text that a chunk has keeps its vector. What takes vectors from such texts (forgetting
-- a model, another kind of token vectors) must take the row too.

CREATE TABLE embedded_chunks (
  model_id INTEGER PRIMARY KEY REFERENCES embedding_models (id) ON DELETE CASCADE,
  up_to INTEGER NOT NULL, -- the id of the last such chunk, or higher where chunks are gone
  with_tokens INTEGER NOT NULL -- 1: token vectors too
) STRICT;
