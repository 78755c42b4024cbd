import { drizzle } from 'drizzle-orm/better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import { openBeforeMigration } from '../testing/open-before-migration.ts'
import { insertChunks, readChunks, retitleChunks } from './chunks.rows.ts'

const documentId = DocumentId.parse('d1')

describe('the leads of chunks', () => {
  it('come to chunks that are there already, which have none, and are found by their words', () => {
    const { client, applyAll } = openBeforeMigration('chunk_leads')
    client.exec(
      `INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
         VALUES ('d1', 'T', '/t', 'ab', 'application/pdf', 1, 'ready', 1, 1);
       INSERT INTO chunks (document_id, ordinal, page_number, start_offset, end_offset, heading, text, text_hash, token_count)
         VALUES ('d1', 0, 1, 0, 3, '', 'Old', 'h', 1)`,
    )
    applyAll()
    const db = drizzle({ client }) as never
    const chunk = { ordinal: 1, pageNumber: 2, startOffset: 0, endOffset: 9, heading: '', textHash: 'i', tokenCount: 6 }
    insertChunks(db, documentId, 'T', [{ ...chunk, lead: 'The State shall make no ', text: 'law that.' }])
    expect(readChunks(db, documentId).map(({ lead, text }) => lead + text)).toEqual([
      'Old',
      'The State shall make no law that.',
    ])
    const find = () => client.prepare(`SELECT rowid FROM chunk_words WHERE chunk_words MATCH '"no law"'`).pluck().all()
    expect(find()).toEqual([2])
    retitleChunks(db, documentId, 'New title')
    expect(find()).toEqual([2])
  })
})
