import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ModelFeature, ModelProvider } from '#contract/usage.ts'
import type { StudyErrorCode } from '../errors.ts'

// Types of the tables in migrations/0005_model_calls.sql, which alone makes them.

export type CallOutcome = 'open' | 'done' | 'limit' | StudyErrorCode

export const modelCalls = sqliteTable('model_calls', {
  id: integer('id').primaryKey(),
  atMs: integer('at_ms').notNull(),
  day: text('day').notNull(),
  provider: text('provider').$type<ModelProvider>().notNull(),
  model: text('model').notNull(),
  feature: text('feature').$type<ModelFeature>().notNull(),
  promptTokens: integer('prompt_tokens').notNull(),
  replyTokens: integer('reply_tokens').notNull(),
  isEstimate: integer('is_estimate').$type<0 | 1>().notNull(),
  durationMs: integer('duration_ms').notNull(),
  promptMs: integer('prompt_ms'),
  replyMs: integer('reply_ms'),
  cacheHit: integer('cache_hit').$type<0 | 1>().notNull(),
  outcome: text('outcome').$type<CallOutcome>().notNull(),
  microRupees: integer('micro_rupees').notNull(),
})

export const answerCache = sqliteTable('answer_cache', {
  key: text('key').primaryKey(),
  reply: text('reply').notNull(),
  promptTokens: integer('prompt_tokens').notNull(),
  replyTokens: integer('reply_tokens').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
  usedAtMs: integer('used_at_ms').notNull(),
})

export type ModelCallRow = typeof modelCalls.$inferSelect
export type CachedReplyRow = typeof answerCache.$inferSelect
