import { describe, expect, it } from 'vitest'
import { makeQuoteFinder } from './find-quote.ts'

const FILLER = 'Every State has a legislature, and every legislature has a Speaker who keeps order in debate.'
const QUOTE = 'The President shall be elected by the members of an electoral college for a term of five years.'

function find(pages: string[], quote: string, near = 1) {
  const texts = pages.map((text, index) => ({ pageNumber: index + 1, text }))
  const place = makeQuoteFinder(texts).find(quote, { pageNumber: near })
  return (
    place && { page: place.pageNumber, text: pages[place.pageNumber - 1]?.slice(place.startOffset, place.endOffset) }
  )
}

describe('finding a quote in a new version', () => {
  it('finds it word for word on another page, whatever the lines and the case', () => {
    const moved = QUOTE.toUpperCase().replace('MEMBERS OF', 'MEM-\nBERS  OF')
    expect(find([FILLER, `${FILLER}\n${moved} ${FILLER}`], QUOTE)).toEqual({ page: 2, text: moved })
  })

  it('takes the one nearest to where it was', () => {
    expect(find([QUOTE, FILLER, FILLER, QUOTE], QUOTE, 3)?.page).toBe(4)
  })

  it('finds it with some words changed, and gives the new words', () => {
    const changed = QUOTE.replace('shall be', 'is').replace('five', 'six')
    expect(find([FILLER, `${FILLER} ${changed} ${FILLER}`], QUOTE)).toEqual({ page: 2, text: changed.slice(0, -1) })
  })

  it('finds the whole of it where a word of its end also stands before it', () => {
    const changed = QUOTE.replace('five', 'six')
    expect(find([`It was so for some years. ${changed} ${FILLER}`], QUOTE)).toEqual({
      page: 1,
      text: changed.slice(0, -1),
    })
  })

  it('does not find what was taken out, nor the same words in another order', () => {
    expect(find([FILLER, `${FILLER} The President heads the Union.`], QUOTE)).toBeUndefined()
    const shuffled = QUOTE.split(' ').reverse().join(' ')
    expect(find([shuffled], QUOTE)).toBeUndefined()
  })

  it('does not guess at short quotes', () => {
    expect(find(['A fundamental right is justiciable.'], 'A fundamental duty.')).toBeUndefined()
    expect(find(['मौलिक अधिकार न्यायालय में लागू होते हैं।'], 'मौलिक अधिकार')).toEqual({ page: 1, text: 'मौलिक अधिकार' })
  })

  it('stands on its letters where they are outside the basic plane or take several', () => {
    expect(find(['𝟓 ways: ﬁve ways of office.'], 'five ways of office.')).toEqual({
      page: 1,
      text: 'ﬁve ways of office.',
    })
  })
})
