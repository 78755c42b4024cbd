import type { Answer } from '#contract/ask.ts'
import { splitSentences } from '../ingest/split-sentences.ts'

/** Ends with a mark that ends a sentence, whatever closes after it. */
const WHOLE = /[.!?…।॥:][)\]"'”’»*_]*$/u

/** What a model goes on from. A sentence that it was cut off in is written anew: it seldom finds the very letter again. */
export function wholeSentences({ sentences }: Pick<Answer, 'sentences'>): string {
  const texts = sentences.map(({ text }) => text)
  if (!WHOLE.test(texts.at(-1) ?? '')) texts.pop()
  return texts.join(' ')
}

/** What a model wrote after `known`, without the sentences of it that it began by repeating, as small ones do. */
export function withoutRepeats(known: string, added: string): string {
  const said = new Set(splitSentences(known).map(({ start, end }) => plain(known.slice(start, end))))
  const first = splitSentences(added).find(({ start, end }) => !said.has(plain(added.slice(start, end))))
  return first ? added.slice(first.start) : ''
}

function plain(sentence: string): string {
  return sentence
    .replace(/\[\d+\]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
