import type { PDFPageProxy } from 'pdfjs-dist'

type Operators = typeof import('pdfjs-dist').OPS

/** A drawn letter, or a number that moves the next one. */
type Glyph = { unicode: string; isSpace: boolean } | number | null

/** A text is looked for this far on from the one before it: items come in the order they are drawn. */
const LOOK_AHEAD = 400

/**
 * Text set with its letters apart ("w o u l d  k n o w", to fill a line) comes
 * from pdf.js with a space after every letter. Which spaces are words' the page's
 * drawing operators still tell: on a page with such a line its texts are put
 * together again from them. Other pages are returned as they are, at no cost.
 */
export async function closeLetterSpacing<T extends { str: string; hasEOL: boolean }>(
  items: readonly T[],
  page: PDFPageProxy,
  operators: Operators,
): Promise<readonly T[]> {
  if (!hasLetterSpacedLine(items)) return items
  const { fnArray, argsArray } = await page.getOperatorList()
  const glyphs = fnArray.flatMap((operator, index) =>
    operator === operators.showText ? (argsArray[index]?.[0] as Glyph[]) : [],
  )
  const drawn = readDrawnLetters(glyphs)
  let from = 0
  return items.map((item) => {
    const letters = lettersOf(item.str)
    const at = letters ? drawn.letters.indexOf(letters, from) : -1
    if (at < 0 || at > from + LOOK_AHEAD) return item
    from = at + letters.length
    return isLetterSpaced(item.str) ? { ...item, str: withWordSpaces(letters, drawn.startsWord, at) } : item
  })
}

function hasLetterSpacedLine(items: readonly { str: string; hasEOL: boolean }[]): boolean {
  const lines = items.map((item) => (item.hasEOL ? `${item.str}\n` : item.str)).join('')
  return /(?<!\S)(?:\S ){6}\S(?!\S)/.test(lines)
}

/** Most of its words are one character long. The operators decide: a list of letters has its spaces drawn. */
function isLetterSpaced(text: string): boolean {
  const words = text.trim().split(/\s+/)
  return words.length > 1 && words.filter((word) => [...word].length === 1).length >= 0.6 * words.length
}

/** The letters of a page as drawn, without spaces, and which of them begin a word. */
function readDrawnLetters(glyphs: readonly Glyph[]): { letters: string; startsWord: boolean[] } {
  const startsWord: boolean[] = []
  let letters = ''
  let isStart = true
  for (const glyph of glyphs) {
    if (glyph === null || typeof glyph === 'number') continue
    const text = lettersOf(glyph.unicode)
    if (glyph.isSpace || !text) {
      isStart = true
      continue
    }
    for (let i = 0; i < text.length; i++) startsWord.push(isStart && i === 0)
    letters += text
    isStart = false
  }
  return { letters, startsWord }
}

function withWordSpaces(letters: string, startsWord: readonly boolean[], at: number): string {
  let text = ''
  for (let i = 0; i < letters.length; i++) text += i > 0 && startsWord[at + i] ? ` ${letters[i]}` : letters[i]
  return text
}

/** Ligatures taken apart, as pdf.js gives its texts. */
function lettersOf(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}
