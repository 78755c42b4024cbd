import { blob, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DocumentStatus, MediaType, OcrLanguage, PageLabel, RecognitionState } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import type { CollectionId, DocumentId } from '#contract/ids.ts'

// Types of the tables in migrations/0001_library.sql and what later ones add to them.

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
})

export const collections = sqliteTable('collections', {
  id: text('id').$type<CollectionId>().primaryKey(),
  name: text('name').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
})

export const documents = sqliteTable('documents', {
  id: text('id').$type<DocumentId>().primaryKey(),
  title: text('title').notNull(),
  path: text('path').notNull(),
  sha256: text('sha256').notNull(),
  mediaType: text('media_type').$type<MediaType>().notNull(),
  byteSize: integer('byte_size').notNull(),
  pageCount: integer('page_count').notNull().default(0),
  status: text('status').$type<DocumentStatus>().notNull(),
  failure: text('failure', { mode: 'json' }).$type<Failure>(),
  collectionId: text('collection_id').$type<CollectionId>(),
  createdAtMs: integer('created_at_ms').notNull(),
  updatedAtMs: integer('updated_at_ms').notNull(),
  /** Since when it is in the trash. */
  deletedAtMs: integer('deleted_at_ms'),
  /** The document whose new version it will be. */
  replacesId: text('replaces_id').$type<DocumentId>(),
  /** Its file is locked, and pages of it wait to be read until its password is given again. */
  awaitsPassword: integer('awaits_password', { mode: 'boolean' }).notNull().default(false),
  /** The reader that last tried what could not be read of it (READER_VERSION). */
  readerVersion: integer('reader_version').notNull().default(0),
})

/** text: has words · empty: blank · unreadable: words are there but not as text (a scan, a legacy font) · failed: could not be read */
export type PageStatus = 'text' | 'empty' | 'unreadable' | 'failed'

export const pages = sqliteTable(
  'pages',
  {
    documentId: text('document_id').$type<DocumentId>().notNull(),
    pageNumber: integer('page_number').notNull(),
    width: real('width').notNull(),
    height: real('height').notNull(),
    status: text('status').$type<PageStatus>().notNull(),
    text: text('text').notNull(),
    boxes: blob('boxes', { mode: 'buffer' }).notNull(),
    headings: text('headings', { mode: 'json' }).$type<number[]>().notNull(),
    failure: text('failure', { mode: 'json' }).$type<Failure>(),
    label: text('label', { mode: 'json' }).$type<PageLabel>(),
    recognition: text('recognition').$type<RecognitionState>(),
    language: text('language').$type<OcrLanguage>(),
    confidence: real('confidence'),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.pageNumber] })],
)

/** When a page was last read in the reader. */
export const pagesRead = sqliteTable(
  'pages_read',
  {
    documentId: text('document_id').$type<DocumentId>().notNull(),
    pageNumber: integer('page_number').notNull(),
    readAtMs: integer('read_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.pageNumber] })],
)

export const chunks = sqliteTable('chunks', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  documentId: text('document_id').$type<DocumentId>().notNull(),
  ordinal: integer('ordinal').notNull(),
  pageNumber: integer('page_number').notNull(),
  startOffset: integer('start_offset').notNull(),
  endOffset: integer('end_offset').notNull(),
  heading: text('heading').notNull(),
  lead: text('lead').notNull().default(''),
  text: text('text').notNull(),
  textHash: text('text_hash').notNull(),
  tokenCount: integer('token_count').notNull(),
})

export const embeddingModels = sqliteTable('embedding_models', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  weightsHash: text('weights_hash').notNull(),
  dimension: integer('dimension').notNull(),
  prompt: text('prompt').notNull(),
})
