import { drizzle } from 'drizzle-orm/better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'
import { countTerm, hasTermWithPrefix, readTerms } from './search-terms.rows.ts'

describe('the words of the keyword index', () => {
  it('are there for a library that was indexed before they could be asked for', () => {
    const { client, applyAll } = openBeforeMigration('search')
    const insert = client.prepare('INSERT INTO chunk_words (rowid, title, heading, text) VALUES (?, ?, ?, ?)')
    insert.run(1, '', '', 'amendments of the constitution')
    insert.run(2, '', '', 'amending संविधान')
    applyAll()
    const db = drizzle({ client }) as never
    expect(countTerm(db, 'amend')).toBe(2)
    expect(countTerm(db, 'river')).toBe(0)
    expect(hasTermWithPrefix(db, 'constit')).toBe(true)
    expect(hasTermWithPrefix(db, 'riv')).toBe(false)
    expect(readTerms(db, '', 10).map(({ term }) => term)).toEqual(['amend', 'constitut', 'of', 'the', 'संविधान'])
    expect(readTerms(db, 'constitut', 10).map(({ term }) => term)).toEqual(['of', 'the', 'संविधान'])
  })
})
