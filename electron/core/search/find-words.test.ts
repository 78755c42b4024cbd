import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeWordFinder, type Place } from './find-words.ts'
import { wordsOf } from './query-words.ts'

/** What a look at every word of the text finds. */
function truth(text: string, stems: ReadonlySet<string>, beginnings: readonly string[]): Map<string, Place[]> {
  const places = new Map<string, Place[]>()
  for (const [i, { stem, folded, start, end }] of wordsOf(text).entries()) {
    const keys = beginnings.filter((beginning) => folded.startsWith(beginning)).map((beginning) => `${beginning}*`)
    if (stems.has(stem)) keys.push(stem)
    for (const key of keys) places.set(key, [...(places.get(key) ?? []), { position: i + 1, start, end }])
  }
  return places
}

const PIECES =
  'dies ties eyes flies agreed feed bled sing bring singing sky skies Council COUNCILS councillor 356 21A Art. an a I it café cafe\u0301 naïve co\u00adoperate संविधान संविधानों राज्य\u200cपाल क़ानून ﬁnance 𝒜bc x\u0301 — – , . \n \u0301 \u00ad é Ωmega'.split(
    ' ',
  )

describe('makeWordFinder', () => {
  it('finds what a look at every word finds, whatever the text is made of', () => {
    const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 }))
    const text = fc
      .array(piece, { maxLength: 20 })
      .chain((parts) =>
        fc
          .array(fc.constantFrom(' ', '', '\n', '-'), { minLength: parts.length, maxLength: parts.length })
          .map((gaps) => parts.map((part, i) => part + gaps[i]).join('')),
      )
    fc.assert(
      fc.property(text, text, fc.constantFrom('co', 'cou', 'राज', 'sk', '21'), (own, other, beginning) => {
        const stems = new Set(wordsOf(`${other} ${own.slice(0, own.length / 2)}`).map(({ stem }) => stem))
        expect(makeWordFinder({ stems, beginnings: [beginning] })(own)).toEqual(truth(own, stems, [beginning]))
      }),
      { numRuns: 300 },
    )
  })

  it('finds every English word of a text by its stem', () => {
    const stemmed = wordsOf(PIECES.join(' ').repeat(3))
    const stems = new Set(stemmed.map(({ stem }) => stem))
    const found = makeWordFinder({ stems, beginnings: [] })(PIECES.join(' ').repeat(3))
    expect([...found.values()].flat()).toHaveLength(stemmed.length)
  })
})
