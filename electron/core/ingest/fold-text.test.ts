import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { foldText } from './fold-text.ts'

/** Rows of the library's own FTS5 table whose text matches the query, both folded. */
function matches(query: string, texts: string[]): string[] {
  const store = openStore({ profileDir: temporaryFolder() })
  const { file } = store
  store.close()
  const db = new Database(file)
  const insert = db.prepare("INSERT INTO chunk_words (rowid, title, heading, text) VALUES (?, '', '', ?)")
  for (const [index, text] of texts.entries()) insert.run(index + 1, foldText(text))
  const rows = db
    .prepare('SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rowid')
    .all(`"${foldText(query)}"`) as { rowid: number }[]
  db.close()
  return rows.map(({ rowid }) => texts[rowid - 1] ?? '')
}

describe('foldText over FTS5', () => {
  it('finds the same Hindi word in its other spellings', () => {
    expect(matches('हिंदी', ['हिन्दी हमारी भाषा है'])).toHaveLength(1)
    expect(matches('हिन्दी', ['हिंदी हमारी भाषा है'])).toHaveLength(1)
    expect(matches('कानून', ['क़ानून का शासन', 'क\u093cानून'])).toHaveLength(2)
    expect(matches('क़ानून', ['कानून का शासन'])).toHaveLength(1)
    expect(matches('मां', ['माँ और पिता'])).toHaveLength(1)
    expect(matches('संपत्ति', ['सम्पत्ति का अधिकार'])).toHaveLength(1)
    expect(matches('अनुच्छेद 370', ['अनुच्छेद ३७० के अंतर्गत'])).toHaveLength(1)
    expect(matches('क्षेत्र', ['क्\u200dषेत्र'])).toHaveLength(1)
  })

  it('keeps Hindi words whole, so that others of the same consonants are not returned', () => {
    expect(matches('दिन', ['दान करना', 'दीन दुखी', 'एक दिन'])).toEqual(['एक दिन'])
    expect(matches('संविधान', ['संविधान सभा', 'सावधान रहें'])).toEqual(['संविधान सभा'])
  })

  it('leaves a doubled nasal and another class alone', () => {
    expect(foldText('अन्न जन्म')).toBe('अन्न जन्म')
    expect(foldText('उन्नति')).toBe('उन्नति')
  })

  it('folds letters that carry their nukta in one code point', () => {
    expect(foldText('ऩऱऴ')).toBe('नरळ')
  })

  it('still stems English and forgets case, diacritics and soft hyphens', () => {
    expect(matches('constitutions', ['The Constitution of India'])).toHaveLength(1)
    expect(matches('resume', ['Résumé'])).toHaveLength(1)
    expect(matches('amendment', ['amend\u00adments'])).toHaveLength(1)
    expect(matches('amendment', ['commandment'])).toEqual([])
  })
})
