-- Questions are asked in conversations. Each answer of before becomes one of its own, under the answer's own id, so that
-- an address kept anywhere still leads to it.

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL, -- when the last question was asked
  deleted_at_ms INTEGER -- hidden; removed at the next start
) STRICT;
CREATE INDEX conversations_by_time ON conversations (updated_at_ms) WHERE deleted_at_ms IS NULL;

INSERT INTO conversations (id, title, created_at_ms, updated_at_ms)
SELECT id, question, created_at_ms, created_at_ms FROM answers;

CREATE TABLE turns (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 0
  question TEXT NOT NULL,
  answer TEXT NOT NULL, -- JSON of the contract's Answer
  draft TEXT, -- what a model has written so far while it writes; NULL when the answer is settled
  created_at_ms INTEGER NOT NULL,
  UNIQUE (conversation_id, ordinal)
) STRICT;
CREATE INDEX turns_being_written ON turns (id) WHERE draft IS NOT NULL;

INSERT INTO turns (id, conversation_id, ordinal, question, answer, created_at_ms)
SELECT id, id, 0, question, json_set(answer, '$.conversationId', id, '$.scope', json('{}')), created_at_ms FROM answers;

DROP TABLE answers;
