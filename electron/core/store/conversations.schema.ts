import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Answer } from '#contract/ask.ts'
import type { AnswerId, ConversationId } from '#contract/ids.ts'

// Types of the tables in migrations/0006_conversations.sql, which alone makes them.

export const conversations = sqliteTable('conversations', {
  id: text('id').$type<ConversationId>().primaryKey(),
  title: text('title').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
  updatedAtMs: integer('updated_at_ms').notNull(),
  deletedAtMs: integer('deleted_at_ms'),
})

export const turns = sqliteTable('turns', {
  id: text('id').$type<AnswerId>().primaryKey(),
  conversationId: text('conversation_id').$type<ConversationId>().notNull(),
  ordinal: integer('ordinal').notNull(),
  question: text('question').notNull(),
  answer: text('answer', { mode: 'json' }).$type<Answer>().notNull(),
  draft: text('draft'),
  createdAtMs: integer('created_at_ms').notNull(),
})
