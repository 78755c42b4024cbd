import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DocumentId, JobId } from '#contract/ids.ts'
import type { JobState } from '#contract/jobs.ts'

// Types of the tables in migrations/0002_jobs.sql, which alone makes them. JSON columns stay text
// here: a claim must not fail because one row of the queue can't be parsed.

export const jobs = sqliteTable('jobs', {
  seq: integer('seq').primaryKey(),
  id: text('id').$type<JobId>().notNull(),
  kind: text('kind').notNull(),
  key: text('key').notNull(),
  title: text('title').notNull(),
  documentId: text('document_id').$type<DocumentId>(),
  parentId: text('parent_id').$type<JobId>(),
  payload: text('payload').notNull(),
  cursor: text('cursor'),
  progress: text('progress'),
  failure: text('failure'),
  state: text('state').$type<JobState>().notNull(),
  lease: text('lease'),
  priority: integer('priority').notNull(),
  isDue: integer('is_due').$type<0 | 1>().notNull(),
  runAtMs: integer('run_at_ms').notNull(),
  delayMs: integer('delay_ms'),
  attempts: integer('attempts').notNull(),
  maxAttempts: integer('max_attempts').notNull(),
  crashCount: integer('crash_count').notNull(),
  pendingChildren: integer('pending_children').notNull(),
  failedChildren: integer('failed_children').notNull(),
  afterChildren: text('after_children').$type<'finish' | 'run'>(),
  createdAtMs: integer('created_at_ms').notNull(),
  startedAtMs: integer('started_at_ms'),
  finishedAtMs: integer('finished_at_ms'),
})

export const jobRunner = sqliteTable('job_runner', {
  one: integer('one').$type<1>().primaryKey(),
  paused: integer('paused').$type<0 | 1>().notNull(),
  owner: text('owner'),
  pid: integer('pid'),
  processStartedMs: integer('process_started_ms'),
  expiresAtMs: integer('expires_at_ms'),
})

export type JobRow = typeof jobs.$inferSelect
export type JobRunnerRow = typeof jobRunner.$inferSelect
