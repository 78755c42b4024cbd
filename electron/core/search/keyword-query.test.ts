import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { keywordQuery } from './keyword-query.ts'
import { keywordSearch } from './keyword-search.ts'
import { openLibraryWords } from './library-words.ts'
import { makeTermLookup } from './term-groups.ts'
import { understandQuery } from './understand-query.ts'

async function library(...texts: string[]) {
  const store = openStore({ profileDir: temporaryFolder() })
  await seedLibrary(store, wordEmbedder(), [{ id: 'notes', title: 'Notes', pages: texts }])
  return {
    close: () => store.close(),
    find: async (query: string, asYouType = false) => {
      const options = {
        words: openLibraryWords({ db: store.reader }),
        terms: makeTermLookup([]),
        passageCount: texts.length,
      }
      const understood = await understandQuery(query, options, { asYouType })
      return keywordSearch(store.reader, {
        understood,
        limit: 10,
        scope: {},
        inScope: undefined,
        passageCount: texts.length,
      }).map(({ chunkId }) => texts[chunkId - 1])
    },
  }
}

describe('keywordQuery', () => {
  it('asks for the topic words of a question', () => {
    expect(keywordQuery('Why do we need a constitution?')).toBe('"need" OR "constitution"')
  })

  it('asks for every word where none carries a topic', () => {
    expect(keywordQuery('who are you')).toBe('"who" OR "are" OR "you"')
  })

  it('takes an acronym for a name', () => {
    expect(keywordQuery('What does WHO do?')).toBe('"who"')
  })

  it('is absent where there is no word', () => {
    expect(keywordQuery('?! — "" ()')).toBeUndefined()
  })

  it('can not be broken by what a person types', async () => {
    const { find, close } = await library('A right to equality.')
    const piece = fc.constantFrom(
      '"',
      "'",
      'AND',
      'OR',
      'NOT',
      'NEAR(',
      ')',
      '*',
      '^',
      ':',
      'title:',
      '-',
      '+',
      '{',
      '}',
      '\\',
      '\0',
      'right',
      'अ',
      '़',
      '\u200d',
      '😀',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.array(piece).map((pieces) => pieces.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        async (query) => {
          await expect(find(query, true)).resolves.toBeInstanceOf(Array)
        },
      ),
      { numRuns: 500 },
    )
    close()
  })
})

describe('keywordSearch', () => {
  it('finds other forms of an English word, and Hindi words in other spellings and forms', async () => {
    const texts = [
      'The amendments were passed.',
      'ग्राम पंचायतों के चुनाव पाँच वर्ष में होते हैं।',
      'हिन्दी राजभाषा है।',
      'दान करना पुण्य है।',
    ]
    const { find, close } = await library(...texts)
    expect(await find('amending')).toEqual([texts[0]])
    expect(await find('पंचायत')).toEqual([texts[1]])
    expect(await find('पांच वर्षों')).toEqual([texts[1]])
    expect(await find('हिंदी')).toEqual([texts[2]])
    expect(await find('दिन')).toEqual([])
    close()
  })

  it('finds while the last word is being typed, at every letter', async () => {
    const text = 'The constitutional amendments need a special majority.'
    const { find, close } = await library(text, 'A river in spate.')
    for (let length = 2; length <= 'constitutional'.length; length++) {
      expect(await find('constitutional'.slice(0, length), true), 'constitutional'.slice(0, length)).toEqual([text])
    }
    expect(await find('constit ', true)).toEqual([])
    close()
  })
})
