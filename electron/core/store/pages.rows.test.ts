import { drizzle } from 'drizzle-orm/better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import { openBeforeMigration } from '../testing/open-before-migration.ts'
import { findPage, readPageLabel, readPageTexts, upsertPages } from './pages.rows.ts'

const documentId = DocumentId.parse('d1')

describe('page labels', () => {
  it('come to pages that are there already, which have none', () => {
    const { client, applyAll } = openBeforeMigration('page_labels')
    client.exec(
      `INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
         VALUES ('d1', 'T', '/t', 'ab', 'application/pdf', 1, 'ready', 1, 1);
       INSERT INTO pages (document_id, page_number, width, height, status, text, boxes, headings)
         VALUES ('d1', 1, 0, 0, 'text', 'Old', x'', '[]')`,
    )
    applyAll()
    const db = drizzle({ client }) as never
    expect(findPage(db, documentId, 1)).toMatchObject({ text: 'Old' })
    expect(findPage(db, documentId, 1)).not.toHaveProperty('label')
    expect(readPageLabel(db, documentId, 1)).toBeUndefined()

    const label = { kind: 'section' as const, title: 'Chapter 1', part: 2 }
    const page = { pageNumber: 2, width: 0, height: 0, text: 'New', boxes: [], headings: [], status: 'text' as const }
    upsertPages(db, documentId, [{ ...page, label }])
    expect(findPage(db, documentId, 2)?.label).toEqual(label)
    expect(readPageLabel(db, documentId, 2)).toEqual(label)
  })
})

describe('readPageTexts', () => {
  it('gives all pages of a document in order, or the next few after one', () => {
    const { client, applyAll } = openBeforeMigration('page_labels')
    applyAll()
    client.exec(
      `INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
         VALUES ('d1', 'T', '/t', 'ab', 'application/pdf', 1, 'ready', 1, 1)`,
    )
    const db = drizzle({ client }) as never
    const page = { width: 0, height: 0, text: 'Text', boxes: [], headings: [], status: 'text' as const }
    upsertPages(
      db,
      documentId,
      [3, 1, 5, 2, 4].map((pageNumber) => ({ ...page, pageNumber })),
    )
    const numbers = (range = {}) => readPageTexts(db, documentId, range).map(({ pageNumber }) => pageNumber)
    expect(numbers()).toEqual([1, 2, 3, 4, 5])
    expect(numbers({ limit: 2 })).toEqual([1, 2])
    expect(numbers({ afterPage: 2, limit: 2 })).toEqual([3, 4])
    expect(numbers({ afterPage: 5, limit: 2 })).toEqual([])
  })
})
