import type { Answer, AnswerSentence } from '#contract/ask.ts'

/** Sentences that stand together: a paragraph, or one item of a list. */
export interface AnswerBlock {
  kind: 'paragraph' | 'item'
  sentences: (AnswerSentence & { index: number })[]
}

const BULLET = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/
const CITATION_MARK = /\s*\[\d+(?:\s*,\s*\d+)*\]/g

/**
 * Sets the sentences of an answer in paragraphs and lists, as the line breaks of
 * the whole answer have them. Each sentence's citations follow it, so marks
 * within its text are taken out.
 */
export function layOutAnswer(answer: Pick<Answer, 'answer' | 'sentences'>): AnswerBlock[] {
  const blocks: AnswerBlock[] = []
  let at = 0
  for (const [index, sentence] of answer.sentences.entries()) {
    const start = answer.answer.indexOf(sentence.text, at)
    const gap = start < 0 ? '' : answer.answer.slice(at, start)
    if (start >= 0) at = start + sentence.text.length
    const lineBreak = gap.lastIndexOf('\n')
    const lineStart = index === 0 ? gap : gap.slice(lineBreak + 1)
    const isNewLine = index === 0 || lineBreak >= 0
    const isItem = isNewLine && BULLET.test(`${lineStart}${sentence.text} `)
    const text = sentence.text
      .replace(CITATION_MARK, '')
      .replace(isItem ? BULLET : /^$/, '')
      .trim()
    if (!text) continue
    const last = blocks.at(-1)
    if (isNewLine || !last)
      blocks.push({ kind: isItem ? 'item' : 'paragraph', sentences: [{ ...sentence, text, index }] })
    else last.sentences.push({ ...sentence, text, index })
  }
  return blocks
}
