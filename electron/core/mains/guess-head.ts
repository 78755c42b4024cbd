import { wordsOf } from '../search/query-words.ts'
import type { Syllabus } from '../syllabus/read-syllabus.ts'
import { findTerms } from './find-in-answer.ts'

/**
 * The id of the head of a Mains paper whose key terms a topic holds most of; undefined where it holds none.
 * Give the topic without the words of its directive.
 */
export function guessHead(
  { papers }: Pick<Syllabus, 'papers'>,
  topic: string,
  language: 'en' | 'hi',
): string | undefined {
  let best: { id: string; weight: number } | undefined
  for (const paper of papers) {
    if (paper.stage !== 'mains') continue
    for (const { id, terms } of paper.nodes) {
      const hits = new Set(findTerms(topic, terms?.[language] ?? []).map(({ term }) => term))
      const weight = [...hits].reduce((sum, term) => sum + wordsOf(term).length, 0)
      if (weight > (best?.weight ?? 0)) best = { id, weight }
    }
  }
  return best?.id
}
