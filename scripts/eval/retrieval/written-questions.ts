import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EvalLibrary, EvalQuery, EvalSet } from './eval-sets.ts'

const QUESTIONS_DIR = fileURLToPath(new URL('../questions', import.meta.url))
const OWN_TEXTS = ['civics', 'theory', 'history'] as const
const HALVES = ['tuned', 'held-out'] as const

interface WrittenQuestion {
  source: string
  question: string
  quotes: string[]
}

function readLines<Line>(name: string): Line[] {
  const text = readFileSync(join(QUESTIONS_DIR, `${name}.jsonl`), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]))
}

/** `xquad:3:1` is of article `xquad:3`, `constitution:21A` of itself, `civics:rights:1` of chapter `civics:rights`. */
const chapterOf = (id: string) => id.split(':').slice(0, 2).join(':')
const flat = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()

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
export function writtenSets(name: string, files: readonly string[]): EvalSet[] {
  const questions = files.flatMap((file) => readLines<WrittenQuestion>(file)).filter(({ quotes }) => quotes.length > 0)
  const chapters = [...new Set(questions.map(({ source }) => chapterOf(source)))]
  return HALVES.map((half, place) => ({
    name,
    half,
    queries: questions.filter(({ source }) => chapters.indexOf(chapterOf(source)) % 2 === place).map(toQuery),
  }))
}

/** Our own passages in the manner of a textbook, a file a chapter. */
export function readTextbook(dir: string): EvalLibrary {
  const passages = OWN_TEXTS.flatMap((name) =>
    readLines<{ id: string; title: string; text: string }>(`${name}.passages`),
  )
  mkdirSync(dir, { recursive: true })
  const paths = [...Map.groupBy(passages, ({ id }) => chapterOf(id))].map(([chapter, own]) => {
    const path = join(dir, `${chapter.replace(':', '-')}.md`)
    writeFileSync(path, `# ${own[0]?.title}\n\n${own.map(({ text }) => text).join('\n\n')}\n`)
    return path
  })
  return { name: 'textbook', paths, sets: writtenSets('written: textbook', OWN_TEXTS) }
}
