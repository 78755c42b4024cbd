import { describe, expect, it } from 'vitest'
import { layOutRecognised, type RecognisedLine } from './lay-out-recognised.ts'

const PAGE = { pageNumber: 3, width: 595, height: 842 }

/** A line of words of one width a letter, the next below the other. */
function line(
  text: string,
  row: number,
  options: { size?: number; confidence?: (word: string) => number } = {},
): RecognisedLine {
  const { size = 12, confidence = () => 90 } = options
  const baseline = 100 + row * 18
  let x = 60
  return {
    baseline,
    size,
    words: text.split(' ').map((word) => {
      const width = word.length * 6
      const at = { text: word, confidence: confidence(word), x, y: baseline - 9, width, height: 11 }
      x += width + 3
      return at
    }),
  }
}

describe('layOutRecognised', () => {
  it('keeps every word apart and boxed where it stands, however narrow the space', () => {
    const { text, boxes, pageNumber } = layOutRecognised(PAGE, [line('The House of the People', 0)])
    expect(text).toBe('The House of the People')
    expect(pageNumber).toBe(3)
    expect(boxes.slice(0, 12)).toEqual([0, 3, 60, 91, 18, 11, 4, 5, 81, 91, 30, 11])
  })

  it('joins words broken at a line’s end, and calls a heading only what is clearly larger', () => {
    const page = layOutRecognised(PAGE, [
      line('Parliament', 0, { size: 20 }),
      line('The Union has a legis-', 2, { size: 11 }),
      line('lature of two Houses and a', 3, { size: 13 }),
      line('President who is a part of it.', 4),
    ])
    expect(page.text).toContain('a legislature of two Houses')
    expect(page.headings).toEqual([0, 'Parliament'.length, 2])
  })

  it('leaves out lines that are no letters, but not a good line for one bad word', () => {
    const { text } = layOutRecognised(PAGE, [
      line('Ee Ss Sire', 0, { confidence: () => 25 }),
      line('Article 21 protects life', 1, { confidence: (word) => (word === '21' ? 2 : 92) }),
    ])
    expect(text).toBe('Article 21 protects life')
  })

  it('leaves out specks taken for marks beside a line, and no mark that stands with its words or is sure', () => {
    const speck = (text: string, x: number, confidence: number) => ({
      text,
      confidence,
      x,
      y: 100,
      width: 3,
      height: 3,
    })
    const specked = line('No state shall deny equality .', 0, { confidence: (word) => (word === '.' ? 30 : 92) })
    specked.words.unshift(speck(':', 20, 40))
    specked.words.push(speck('‘', 400, 35), speck('=', 480, 50))
    const bullet = line('it may be asked', 1)
    bullet.words.unshift(speck('•', 30, 90))
    expect(layOutRecognised(PAGE, [specked, bullet]).text.replace(/\s+/g, ' ')).toBe(
      'No state shall deny equality . • it may be asked',
    )
  })

  it('writes a danda for the bar that it looks like, after Devanagari alone', () => {
    const { text } = layOutRecognised(PAGE, [line('संसद है| और सभा है|| a|', 0)])
    expect(text).toBe('संसद है। और सभा है॥ a|')
  })

  it('is empty for no lines', () => {
    expect(layOutRecognised(PAGE, [])).toEqual({ ...PAGE, text: '', boxes: [], headings: [] })
  })
})
