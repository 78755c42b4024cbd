import {
  chapterOf,
  flat,
  OWN_TEXTS,
  readQuestions,
  type WrittenQuestion,
  writeChapters,
} from '../questions/read-questions.ts'
import type { EvalLibrary, EvalQuery, EvalSet } from './eval-sets.ts'

const HALVES = ['tuned', 'held-out'] as const

/** Of a sentence that is cut by the end of a passage, so many characters. */
const LONGEST_PART = 120

/** A passage answers that holds a sentence that does, or its beginning or end where a passage ends in it. */
function toQuery({ question, quotes }: WrittenQuestion): EvalQuery {
  const parts = quotes.map(flat).flatMap((quote) => {
    const length = Math.min(LONGEST_PART, Math.ceil(quote.length * 0.6))
    return [quote.slice(0, length), quote.slice(-length)]
  })
  return {
    query: question,
    isRight: ({ text }) => {
      const passage = flat(text)
      return parts.some((part) => passage.includes(part))
    },
  }
}

/** The questions of ../questions that have an answer (its README tells what they are): every second chapter is held out. */
export function writtenSets(name: string, files: readonly Parameters<typeof readQuestions>[0][]): EvalSet[] {
  const questions = files.flatMap(readQuestions).filter(({ quotes }) => quotes.length > 0)
  const chapters = [...new Set(questions.map(({ source }) => chapterOf(source)))]
  return HALVES.map((half, place) => ({
    name,
    half,
    queries: questions.filter(({ source }) => chapters.indexOf(chapterOf(source)) % 2 === place).map(toQuery),
  }))
}

/** Our own passages in the manner of a textbook, a file a chapter. */
export function readTextbook(dir: string): EvalLibrary {
  return { name: 'textbook', paths: writeChapters(OWN_TEXTS, dir), sets: writtenSets('written: textbook', OWN_TEXTS) }
}
