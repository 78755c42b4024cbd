-- What language models were called for and what it cost, and the replies that need not be asked for again.

CREATE TABLE model_calls (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  day TEXT NOT NULL, -- the local date at that time, YYYY-MM-DD: limits count by it
  provider TEXT NOT NULL,
  model TEXT NOT NULL, -- '' where the call failed before its model was known
  feature TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  reply_tokens INTEGER NOT NULL,
  is_estimate INTEGER NOT NULL, -- 1: the tokens were guessed from the text, the server told none
  duration_ms INTEGER NOT NULL,
  prompt_ms INTEGER, -- reading the prompt, writing the reply: where both are known
  reply_ms INTEGER,
  cache_hit INTEGER NOT NULL,
  outcome TEXT NOT NULL, -- 'open' while it runs (and for ever, if the app died then), 'done', 'limit', or an error's code
  micro_rupees INTEGER NOT NULL -- at the price of that time
) STRICT;
CREATE INDEX model_calls_by_day ON model_calls (day, provider);
CREATE INDEX model_calls_by_model ON model_calls (model, id) WHERE outcome = 'done' AND cache_hit = 0;

CREATE TABLE answer_cache (
  key TEXT PRIMARY KEY, -- SHA-256 over question, passages and model
  reply TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  reply_tokens INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_cache_by_use ON answer_cache (used_at_ms);
