import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { foldWord } from './query-words.ts'
import { stemWord } from './stem-word.ts'

/** The terms that the library's own FTS5 table keeps for these words. */
function termsInIndex(words: string[]): Map<string, string> {
  const store = openStore({ profileDir: temporaryFolder() })
  const { file } = store
  store.close()
  const db = new Database(file)
  db.exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'chunk_words', 'instance')")
  const insert = db.prepare("INSERT INTO chunk_words (rowid, title, heading, text) VALUES (?, '', '', ?)")
  for (const [i, word] of words.entries()) insert.run(i + 1, word)
  const rows = db.prepare('SELECT term, doc FROM temp.terms').all() as { term: string; doc: number }[]
  db.close()
  return new Map(rows.map(({ term, doc }) => [words[doc - 1] ?? '', term]))
}

describe('stemWord', () => {
  it('gives English words the stems that the keyword index keeps', () => {
    const words = `constitutions constitutional constitutionalism amended amending amendments parliamentary agreed feed
      hopping hoping falling missing filed sized happy sky skies cries dying ties caresses ponies relational conditional
      rationality digitizer conformably radically vileness analogousness formality sensitivity formative formalize
      electrical hopefulness goodness revival allowance inference airliner adjustable defensible replacement dependent
      adoption communism activate effective probate rate cease controlling rolling generalizations oscillators
      sovereignty judiciary secularism by is as the bees trees bled sing king string`
      .split(/\s+/)
      .sort()
    const kept = termsInIndex(words)
    expect(Object.fromEntries(words.map((word) => [word, stemWord(word)]))).toEqual(Object.fromEntries(kept))
  })

  it('brings the forms of a Hindi word together', () => {
    const stem = (word: string) => stemWord(foldWord(word))
    expect(stem('पंचायतों')).toBe(stem('पंचायत'))
    expect(stem('अधिकारों')).toBe(stem('अधिकार'))
    expect(stem('नदियाँ')).toBe(stem('नदी'))
    expect(stem('लड़के')).toBe(stem('लड़का'))
    expect(stem('संविधान')).not.toBe(stem('सरकार'))
  })

  it('leaves no Hindi word shorter than two letters, and numbers as they are', () => {
    expect(stemWord('को')).toBe('को')
    expect(stemWord('370')).toBe('370')
    expect(stemWord('73rd')).toBe('73rd')
  })
})
