import { countWords } from '#contract/count-words.ts'
import type { TextRange } from '#contract/search.ts'

/** A block of an answer: what stands on a line of its own. */
export interface AnswerBlock extends TextRange {
  kind: 'paragraph' | 'point' | 'heading'
  text: string
  wordCount: number
}

/** An answer as an examiner sees it. */
export interface AnswerShape {
  blocks: AnswerBlock[]
  wordCount: number
  /** The first block where it is running text. */
  introduction: AnswerBlock | undefined
  /** The last block where it is running text and not the first. */
  conclusion: AnswerBlock | undefined
  /** What lies between: paragraphs and points. */
  body: AnswerBlock[]
}

const POINT = /^\s*(?:[•●○◦▪■◆❖➢►✓√*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+/i
const MOST_HEADING_WORDS = 8

/** Parts an answer into its blocks. Offsets are UTF-16, into the answer. */
export function readAnswer(text: string): AnswerShape {
  const blocks: AnswerBlock[] = []
  for (const match of text.matchAll(/[^\n]+/g)) {
    const line = match[0]
    const trimmed = line.trim()
    const wordCount = countWords(trimmed)
    if (wordCount === 0) continue
    const start = match.index + line.indexOf(trimmed)
    blocks.push({ kind: kindOf(trimmed, wordCount), start, end: start + trimmed.length, text: trimmed, wordCount })
  }
  // A short last line is an end, however it looks.
  const last = blocks.at(-1)
  if (last?.kind === 'heading') last.kind = 'paragraph'
  const told = blocks.filter(({ kind }) => kind !== 'heading')
  const first = told[0]?.kind === 'paragraph' ? told[0] : undefined
  const end = told.at(-1)
  const conclusion = end && end.kind === 'paragraph' && end !== told[0] ? end : undefined
  const body = told.filter((block) => block !== first && block !== conclusion)
  return { blocks, wordCount: countWords(text), introduction: first, conclusion, body }
}

function kindOf(line: string, wordCount: number): AnswerBlock['kind'] {
  if (/^#{1,4}\s/.test(line)) return 'heading'
  if (
    wordCount <= MOST_HEADING_WORDS &&
    (/[:：]$/.test(line) || !/[.!?।॥;,…]["'”’)]*$/.test(line)) &&
    !POINT.test(line)
  ) {
    return 'heading'
  }
  return POINT.test(line) ? 'point' : 'paragraph'
}
