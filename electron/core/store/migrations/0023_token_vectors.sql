-- What a text's tokens are compared with a question's by (embedding/token-vectors.ts), beside its one vector, which is read
-- far more often. Texts embedded before have none yet: they are embedded again in the background, and ranked without until then.

CREATE TABLE token_vectors (
  model_id INTEGER NOT NULL,
  text_hash TEXT NOT NULL,
  vectors BLOB NOT NULL, -- packed; empty where the model tells nothing of single tokens
  PRIMARY KEY (model_id, text_hash),
  FOREIGN KEY (model_id, text_hash) REFERENCES embeddings (model_id, text_hash) ON DELETE CASCADE
) STRICT;
