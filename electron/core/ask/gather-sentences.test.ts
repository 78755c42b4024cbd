import { describe, expect, it } from 'vitest'
import type { SearchHit } from '#contract/search.ts'
import { gatherSentences } from './gather-sentences.ts'
import { partLong } from './part-long.ts'

/** What is gathered of one passage: all of a page, or the stretch of it between two words. */
function gather(page: string, { heading = 'Article 84', from = '', to = '' } = {}) {
  const startOffset = from === '' ? 0 : page.indexOf(from)
  const endOffset = to === '' ? page.length : page.indexOf(to) + to.length
  const hit = { documentId: 'law', page: 1, heading, text: page.slice(startOffset, endOffset), startOffset, endOffset }
  return gatherSentences([hit as unknown as SearchHit], () => page)
}

const QUALIFIED = `A person shall not be qualified to be chosen to fill a seat in Parliament unless he —

(a) is a citizen of India;

(b) is, in the case of a seat in the Council of States, not less than thirty years of age; and

(c) has such other qualifications as may be prescribed.`

describe('gatherSentences', () => {
  it('takes the points of a list, each with what leads it in', () => {
    const points = gather(QUALIFIED)
    expect(points.map(({ text, whole }) => ({ text, whole }))).toEqual([
      { text: 'is a citizen of India', whole: false },
      { text: 'is, in the case of a seat in the Council of States, not less than thirty years of age', whole: false },
      { text: 'has such other qualifications as may be prescribed.', whole: false },
    ])
    for (const { lead, surroundings } of points) {
      expect(lead).toMatch(/^A person shall not be qualified .* unless he —$/)
      expect(surroundings).toContain(lead)
    }
  })

  it('finds on the page what leads in a list that the passage begins in the midst of', () => {
    const [point] = gather(QUALIFIED, { from: '(b)', to: 'of age; and' })
    expect(point?.lead).toMatch(/^A person shall not .* unless he —$/)
  })

  it('says where they stand on the page', () => {
    for (const { text, startOffset, endOffset } of gather(QUALIFIED)) {
      expect(QUALIFIED.slice(startOffset, endOffset)).toBe(text)
    }
  })

  it('takes a paragraph of law without a full stop, and what a proviso follows', () => {
    const page = `No person shall be compelled to pay any taxes for the promotion of any religion

(2) Every Judge shall hold office until he attains the age of sixty-five years:

Provided that a Judge may resign his office.`
    expect(gather(page).map(({ text }) => text)).toEqual([
      'No person shall be compelled to pay any taxes for the promotion of any religion',
      'Every Judge shall hold office until he attains the age of sixty-five years:',
      'Provided that a Judge may resign his office.',
    ])
  })

  it('takes the end of a sentence that begins on the page before, as no whole one', () => {
    const page = 'without being an MP, such a person has to get elected within six months. He was 77 then.'
    expect(gather(page).map(({ text, whole }) => ({ text, whole }))).toEqual([
      { text: 'without being an MP, such a person has to get elected within six months.', whole: false },
      { text: 'He was 77 then.', whole: false },
    ])
  })

  it.each([
    ['what only leads in', 'The following bodies are named in the Constitution and in its schedules:\n\n(a) councils.'],
    ['what the page cuts', 'A rigid constitution is likely to break, and one that is, on the other'],
    [
      'what a box cuts in its midst',
      'It involves many considerations such as the impact that the law may have on\n\nBills of old',
    ],
    ['headings', 'Why the members of the upper house shall be elected for six years\nby whom?'],
    ['scraps', 'to be sure of it.'],
    ['what a book asks of its reader', '• Discuss the functions of the commission with your class.'],
  ])('leaves out %s', (_, page) => expect(gather(page)).toEqual([]))

  it('takes whole what the edge of a passage cuts', () => {
    const page =
      'The House has 545 members. It elects a Speaker, who presides over the sittings of the House. They meet.'
    const [sentence] = gather(page, { from: 'It elects', to: 'who presides' })
    expect(sentence?.text).toBe('It elects a Speaker, who presides over the sittings of the House.')
  })
})

describe('partLong', () => {
  const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i}`).join(' ')

  it('leaves a sentence of ordinary length alone', () => {
    const text = `${words(20)}; ${words(20)}.`
    expect(partLong(text)).toEqual([{ start: 0, end: text.length }])
  })

  it('parts a long one at its semicolons, and keeps small parts with others', () => {
    const text = `${words(40)}; ${words(3)}; ${words(30)}; and so on.`
    const parts = partLong(text).map(({ start, end }) => text.slice(start, end))
    expect(parts).toEqual([`${words(40)};`, `${words(3)}; ${words(30)}; and so on.`])
  })

  it('has one part where nothing divides it', () => {
    const text = `${words(80)}.`
    expect(partLong(text)).toEqual([{ start: 0, end: text.length }])
  })
})
