import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A question of README.md's. */
export interface WrittenQuestion {
  /** The id of the passage that it was written on. */
  source: string
  question: string
  /** Sentences that answer, verbatim but for runs of whitespace; none: nothing does. */
  quotes: string[]
}

export interface WrittenPassage {
  id: string
  title: string
  text: string
}

/** Files of questions whose passages we wrote, too. */
export const OWN_TEXTS = ['civics', 'theory', 'history'] as const
export type OwnText = (typeof OWN_TEXTS)[number]

export const readQuestions = (name: OwnText | 'xquad' | 'constitution'): WrittenQuestion[] => readLines(name)
export const readPassages = (name: OwnText): WrittenPassage[] => readLines(`${name}.passages`)

function readLines<Line>(name: string): Line[] {
  const text = readFileSync(new URL(`./${name}.jsonl`, import.meta.url), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]))
}

/** `xquad:3:1` is of article `xquad:3`, `constitution:21A` of itself, `civics:rights:1` of chapter `civics:rights`. */
export const chapterOf = (id: string): string => id.split(':').slice(0, 2).join(':')

/** Writes our own passages into a folder, a file a chapter; gives the files. */
export function writeChapters(names: readonly OwnText[], dir: string): string[] {
  mkdirSync(dir, { recursive: true })
  return [...Map.groupBy(names.flatMap(readPassages), ({ id }) => chapterOf(id))].map(([chapter, own]) => {
    const path = join(dir, `${chapter.replace(':', '-')}.md`)
    writeFileSync(path, `# ${own[0]?.title}\n\n${own.map(({ text }) => text).join('\n\n')}\n`)
    return path
  })
}

/** As quotes are compared with texts. */
export const flat = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()
