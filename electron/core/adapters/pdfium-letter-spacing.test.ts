import { describe, expect, it } from 'vitest'
import { textsOfLine } from './pdfium-letter-spacing.ts'

/**
 * A line of one run as PDFium tells it: every letter one wide, `_` a space that the file draws and `·` one seen in
 * a gap; `letters` and `words` are the gaps there, in sizes.
 */
function textOf(line: string, gaps: { letters: number; words: number }, words: string): string {
  const origins = [...line].map((sign, at) => (sign === '_' ? 'drawn' : sign === '·' ? 'seen' : at))
  const codes = [...line].map((sign) => (sign === '_' || sign === '·' ? ' ' : sign).codePointAt(0) as number)
  const starts: number[] = []
  let end = 0
  let read = ''
  for (const [at, sign] of [...line].entries()) {
    if (sign === '_' || sign === '·') continue
    const isWord = words[[...read].length] === ' '
    if (isWord) read += ' '
    starts[at] = read === '' ? 0 : end + (isWord ? gaps.words : gaps.letters)
    end = (starts[at] as number) + 1
    read += sign
  }
  expect(read).toBe(words)
  const place = (_: unknown, index: number) => ({ from: starts[index] as number, to: (starts[index] as number) + 1 })
  return textsOfLine([{ codes, origins, setting: { size: 1 } }], place)[0] ?? ''
}

describe('spaces in a line whose letters are set apart', () => {
  it('are those of words alone, whether every letter or a few have got one', () => {
    const set = { letters: 0.11, words: 0.5 }
    expect(textOf('w·ould·k·now', set, 'would know')).toBe('would know')
    expect(textOf('f·e·d·e·r·a·l·i·s·m·i·s·a·l·l', { letters: 0.4, words: 0.9 }, 'federalism is all')).toBe(
      'federalism is all',
    )
    expect(textOf('Artic·le_1_:_Belgium', { letters: 0.09, words: 0.5 }, 'Article 1 : Belgium')).toBe(
      'Article 1 : Belgium',
    )
  })

  it('stay as they are where words are set close, or are letters', () => {
    expect(textOf('the·power·of·a·House', { letters: 0, words: 0.2 }, 'the power of a House')).toBe(
      'the power of a House',
    )
    expect(textOf('as·x·to·y·so·a·to·b', { letters: 0.01, words: 0.28 }, 'as x to y so a to b')).toBe(
      'as x to y so a to b',
    )
    expect(textOf('A_B_C_D', { letters: 0, words: 0.25 }, 'A B C D')).toBe('A B C D')
  })
})
