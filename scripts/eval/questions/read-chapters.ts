import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WrittenQuestion } from './read-questions.ts'

/** A chapter that we wrote, with its questions (README.md tells the format). */
export interface WrittenChapter {
  /** `geography:3`: the file and its place there, from 0. */
  id: string
  title: string
  passages: { heading: string; sentences: string[] }[]
  questions: WrittenQuestion[]
}

/** Every file's chapters, in order. Throws where a line can't be read. */
export function readChapters(): WrittenChapter[] {
  const dir = new URL('.', import.meta.url)
  const files = readdirSync(dir).filter((file) => file.endsWith('.txt'))
  return files.sort().flatMap((file) => parseChapters(file.slice(0, -4), readFileSync(new URL(file, dir), 'utf8')))
}

/** No judge was fitted on the questions of these: every eighth chapter of a file. */
export function isHeldOut({ id }: Pick<WrittenChapter, 'id'>): boolean {
  return Number(id.split(':')[1]) % 8 === 3
}

/** Of those, nothing at all was fitted on these. */
export function isTest({ id }: Pick<WrittenChapter, 'id'>): boolean {
  return Number(id.split(':')[1]) % 16 === 11
}

export function parseChapters(name: string, text: string): WrittenChapter[] {
  const chapters: WrittenChapter[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const chapter = chapters.at(-1)
    const passage = chapter?.passages.at(-1)
    const [, mark = '', rest = ''] = /^(#+|\?|\d+) (.+?)\s*$/.exec(line) ?? []
    if (line.trim() === '') continue
    if (mark === '#') chapters.push({ id: `${name}:${chapters.length}`, title: rest, passages: [], questions: [] })
    else if (mark === '##' && chapter) chapter.passages.push({ heading: rest, sentences: [] })
    else if (mark === '?' && chapter && passage) chapter.questions.push(readQuestion(chapter.id, passage, rest))
    else if (Number(mark) === (passage?.sentences.length ?? 0) + 1) passage?.sentences.push(rest)
    else throw new Error(`${name}, line ${i + 1}: ${line}`)
  }
  return chapters
}

/** "When was it founded? => 2,3", or "=> -" where nothing answers. */
function readQuestion(source: string, { sentences }: { sentences: string[] }, line: string): WrittenQuestion {
  const [, question = '', numbers = ''] = /^(.+?)\s*=>\s*(-|[\d, ]+)$/.exec(line) ?? []
  const quotes = numbers.split(',').flatMap((number) => sentences[Number(number) - 1] ?? [])
  if (question === '' || (numbers !== '-' && quotes.length !== numbers.split(',').length)) {
    throw new Error(`${source}: ${line}`)
  }
  return { source, question, quotes }
}

/** What stands by itself on a page: a law's clauses. */
const OWN_LINE = /^(?:\(\w{1,4}\)|Provided|Explanation)/

/** Writes a chapter as a document into a folder; gives the file. */
export function writeChapter({ id, title, passages }: WrittenChapter, dir: string): string {
  mkdirSync(dir, { recursive: true })
  const path = join(dir, `${id.replace(':', '-')}.md`)
  const sections = passages.map(({ heading, sentences }) => {
    const body = sentences.map((sentence, i) => (i === 0 ? '' : OWN_LINE.test(sentence) ? '\n\n' : ' ') + sentence)
    return `## ${heading}\n\n${body.join('')}`
  })
  writeFileSync(path, `# ${title}\n\n${sections.join('\n\n')}\n`)
  return path
}
