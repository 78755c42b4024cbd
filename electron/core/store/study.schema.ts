import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Citation } from '#contract/ask.ts'
import type { BriefId, CardId, DocumentId, JobId } from '#contract/ids.ts'
import type { BriefKind, BriefSection, BriefSummary, Card } from '#contract/study.ts'

// Types of the tables in migrations/0014_study.sql, which alone makes them.

export const briefs = sqliteTable('briefs', {
  id: text('id').$type<BriefId>().primaryKey(),
  kind: text('kind').$type<BriefKind>().notNull(),
  title: text('title').notNull(),
  chapter: text('chapter'),
  documentIds: text('document_ids', { mode: 'json' }).$type<DocumentId[]>().notNull(),
  engine: text('engine').$type<BriefSummary['engine']>().notNull(),
  model: text('model'),
  status: text('status').$type<BriefSummary['status']>().notNull(),
  note: text('note'),
  sections: text('sections', { mode: 'json' }).$type<BriefSection[]>().notNull(),
  citations: text('citations', { mode: 'json' }).$type<Citation[]>().notNull(),
  jobId: text('job_id').$type<JobId>(),
  createdAtMs: integer('created_at_ms').notNull(),
  deletedAtMs: integer('deleted_at_ms'),
})

export const cards = sqliteTable('cards', {
  id: text('id').$type<CardId>().primaryKey(),
  front: text('front').notNull(),
  back: text('back').notNull(),
  kind: text('kind').$type<Card['kind']>().notNull(),
  engine: text('engine').$type<Card['engine']>().notNull(),
  model: text('model'),
  documentId: text('document_id').$type<DocumentId>().notNull(),
  documentTitle: text('document_title').notNull(),
  documentPath: text('document_path').notNull(),
  pageNumber: integer('page_number').notNull(),
  quote: text('quote').notNull(),
  startOffset: integer('start_offset').notNull(),
  endOffset: integer('end_offset').notNull(),
  sourceLost: integer('source_lost', { mode: 'boolean' }).notNull().default(false),
  createdAtMs: integer('created_at_ms').notNull(),
  updatedAtMs: integer('updated_at_ms').notNull(),
  deletedAtMs: integer('deleted_at_ms'),
})
