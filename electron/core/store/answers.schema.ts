import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Answer } from '#contract/ask.ts'
import type { AnswerId } from '#contract/ids.ts'

// Types of the table in migrations/0003_answers.sql, which alone makes it.

export const answers = sqliteTable('answers', {
  id: text('id').$type<AnswerId>().primaryKey(),
  question: text('question').notNull(),
  answer: text('answer', { mode: 'json' }).$type<Answer>().notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
})
