import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Citation } from '#contract/ask.ts'
import type { JobId, MainsAnswerId, MainsQuestionId } from '#contract/ids.ts'
import type { Evaluation, MainsOrigin } from '#contract/mains.ts'

// Types of the tables in migrations/0021_mains.sql, which alone makes them.

export const mainsQuestions = sqliteTable('mains_questions', {
  id: text('id').$type<MainsQuestionId>().primaryKey(),
  text: text('text').notNull(),
  textKey: text('text_key').notNull(),
  language: text('language').$type<'en' | 'hi'>().notNull(),
  directive: text('directive'),
  marks: integer('marks').notNull(),
  wordLimit: integer('word_limit').notNull(),
  minutes: integer('minutes').notNull(),
  nodeId: text('node_id'),
  origin: text('origin').$type<MainsOrigin>().notNull(),
  evidence: text('evidence', { mode: 'json' }).$type<Citation[]>().notNull(),
  source: text('source'),
  createdAtMs: integer('created_at_ms').notNull(),
  deletedAtMs: integer('deleted_at_ms'),
})

export const mainsAnswers = sqliteTable('mains_answers', {
  id: text('id').$type<MainsAnswerId>().primaryKey(),
  questionId: text('question_id').$type<MainsQuestionId>().notNull(),
  text: text('text').notNull(),
  elapsedMs: integer('elapsed_ms').notNull().default(0),
  revision: integer('revision').notNull().default(0),
  startedAtMs: integer('started_at_ms').notNull(),
  savedAtMs: integer('saved_at_ms').notNull(),
  submittedAtMs: integer('submitted_at_ms'),
  evaluation: text('evaluation', { mode: 'json' }).$type<Evaluation>(),
  jobId: text('job_id').$type<JobId>(),
  deletedAtMs: integer('deleted_at_ms'),
})
