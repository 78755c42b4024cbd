-- Durable jobs: long work that outlives the process. docs/decisions/0004-our-own-job-runner.md says why it is shaped so.

CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY, -- the order of arrival
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  key TEXT NOT NULL, -- at most one unfinished job per kind and key
  title TEXT NOT NULL,
  document_id TEXT REFERENCES documents (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  parent_id TEXT,
  payload TEXT NOT NULL, -- JSON
  cursor TEXT, -- JSON: where the last committed step ended
  progress TEXT, -- JSON of the contract's JobProgress, as of the last write
  failure TEXT, -- JSON of the contract's Failure: why it last stopped
  state TEXT NOT NULL CHECK (
    state IN ('queued', 'running', 'waiting', 'snoozed', 'parked', 'done', 'failed', 'dead', 'cancelled')
  ),
  lease TEXT, -- names the claim that runs it; every write of that run is fenced by it
  priority INTEGER NOT NULL,
  -- Its place in the queue, the lowest first. A point of priority is worth 100 places, so a job is overtaken by
  -- no more than 100 later ones a point: waiting is what lifts it, without a clock.
  place INTEGER GENERATED ALWAYS AS (seq - 100 * priority) VIRTUAL,
  is_due INTEGER NOT NULL CHECK (is_due IN (0, 1)), -- a queued job that waits for nothing but its turn
  run_at_ms INTEGER NOT NULL, -- wall clock
  delay_ms INTEGER, -- the wait that run_at_ms was made from; NULL where it is a date that somebody set
  attempts INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  crash_count INTEGER NOT NULL DEFAULT 0, -- runs that took the process down with them since the cursor last moved
  pending_children INTEGER NOT NULL DEFAULT 0, -- unfinished ones
  failed_children INTEGER NOT NULL DEFAULT 0, -- ended other than done
  after_children TEXT CHECK (after_children IN ('finish', 'run')), -- what a waiting job does next
  created_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  finished_at_ms INTEGER,
  CHECK ((state = 'running') = (lease IS NOT NULL)),
  CHECK (pending_children >= 0)
) STRICT;

CREATE UNIQUE INDEX jobs_unfinished ON jobs (kind, key) WHERE state NOT IN ('done', 'failed', 'dead', 'cancelled');
CREATE INDEX jobs_ready ON jobs (kind, place) WHERE state = 'queued' AND is_due = 1 AND crash_count = 0;
-- Jobs that a crash has made suspect: claimed one at a time.
CREATE INDEX jobs_suspect ON jobs (place) WHERE state = 'queued' AND is_due = 1 AND crash_count > 0;
CREATE INDEX jobs_later ON jobs (run_at_ms) WHERE state IN ('queued', 'snoozed') AND is_due = 0;
CREATE INDEX jobs_snoozed ON jobs (kind) WHERE state = 'snoozed';
CREATE INDEX jobs_running ON jobs (seq) WHERE state = 'running';
CREATE INDEX jobs_by_parent ON jobs (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX jobs_by_document ON jobs (document_id) WHERE document_id IS NOT NULL;

-- One row: who runs the jobs of this database, and whether they are to run at all.
CREATE TABLE job_runner (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  owner TEXT, -- NULL: nobody
  pid INTEGER,
  process_started_ms INTEGER, -- tells a process from a later one of the same number
  expires_at_ms INTEGER
) STRICT;
INSERT INTO job_runner (one) VALUES (1);
