import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchHit } from '#contract/search.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { type ArticleQuery, CONSTITUTION_NUMBERS, CONSTITUTION_SUBJECTS } from './constitution-queries.ts'
import { locatePassages } from './locate-passages.ts'
import {
  ABBREVIATIONS,
  misspell,
  ROMANIZED_OF_ENGLISH,
  ROMANIZED_OF_HINDI,
  typeInLatin,
  UNSEEN_ROMANIZED_OF_HINDI,
} from './mixed-queries.ts'
import { UNSEEN_ARTICLES, UNSEEN_CHAPTERS, UNSEEN_XQUAD, XQUAD_PARAPHRASES } from './paraphrases.ts'
import { POLITY_PAGES } from './polity-pages.ts'
import { readTextbook, writtenSets } from './written-questions.ts'

export interface EvalQuery {
  query: string
  isRight(hit: Pick<SearchHit, 'path' | 'page' | 'text'>): boolean
}

/** Queries over one library. */
export interface EvalSet {
  name: string
  /** Where nothing was tuned on any of it, or all of it was seen; each second query is held out otherwise. */
  half?: 'tuned' | 'held-out'
  queries: EvalQuery[]
}

/** Files that make up a library, and what is asked of it. */
export interface EvalLibrary {
  name: string
  paths: string[]
  sets: EvalSet[]
}

/** The libraries of the corpus that is there; text files are written into `dir`. */
export function readEvalLibraries(dir: string): EvalLibrary[] {
  return [readPolity(), readConstitution(dir), readXquad('en', dir), readXquad('hi', dir), readTextbook(dir)].filter(
    (library) => library !== undefined,
  )
}

function readPolity(): EvalLibrary | undefined {
  const folder = corpusFile('ncert-polity')
  if (!folder) return undefined
  const queries = POLITY_PAGES.map(({ chapter, pages, question }) => ({
    query: question,
    isRight: ({ path, page }: Pick<SearchHit, 'path' | 'page'>) =>
      path.endsWith(`${chapter}.pdf`) && pages.includes(page),
  }))
  const unseen = UNSEEN_CHAPTERS.map(({ targets, query }) => ({
    query,
    isRight: ({ path, page }: Pick<SearchHit, 'path' | 'page'>) =>
      targets.includes(`${path.slice(-'201.pdf'.length, -'.pdf'.length)}.${page}`),
  }))
  return {
    name: 'polity',
    paths: readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
    sets: [
      { name: 'polity', queries },
      { name: 'unseen: polity', half: 'held-out', queries: unseen },
    ],
  }
}

interface Article {
  article: number | string
  title: string
  description: string
}

/** The Constitution as it is printed: one file, each article begun by its number and its subject. */
function readConstitution(dir: string): EvalLibrary | undefined {
  const file = corpusFile('text', 'constitution_of_india.json')
  if (!file) return undefined
  const articles = (JSON.parse(readFileSync(file, 'utf8')) as Article[]).map(({ article, title, description }) => ({
    id: String(article),
    text: `${article === 0 ? '' : `${article}. `}${title}.—${description.replaceAll('\u00a0', ' ')}`,
  }))
  const locate = locatePassages(articles)
  const toQuery = ({ articles: wanted, query }: ArticleQuery): EvalQuery => ({
    query,
    isRight: ({ text }) => locate(text).some((id) => wanted.includes(id)),
  })
  const toTargets = ({ targets, query }: { targets: string[]; query: string }) => toQuery({ articles: targets, query })
  const path = writeText(dir, 'The Constitution of India.txt', articles)
  return {
    name: 'constitution',
    paths: [path],
    sets: [
      { name: 'constitution', queries: CONSTITUTION_SUBJECTS.map(toQuery) },
      { name: 'article numbers', queries: CONSTITUTION_NUMBERS.map(toQuery) },
      { name: 'abbreviations', queries: ABBREVIATIONS.map(toTargets) },
      { name: 'transliterated, of English', queries: ROMANIZED_OF_ENGLISH.map(toTargets) },
      { name: 'unseen: constitution', half: 'held-out', queries: UNSEEN_ARTICLES.map(toTargets) },
      ...writtenSets('written: constitution', ['constitution']),
    ],
  }
}

interface Xquad {
  data: { paragraphs: { context: string; qas: { question: string }[] }[] }[]
}

function readXquad(language: 'en' | 'hi', dir: string): EvalLibrary | undefined {
  const file = corpusFile('text', `xquad.${language}.json`)
  if (!file) return undefined
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as Xquad
  const documents = data.map(({ paragraphs }, i) =>
    paragraphs.map(({ context, qas }, j) => ({ id: `${i}.${j}`, text: context, qas })),
  )
  const locate = locatePassages(documents.flat())
  const paths = documents.map((paragraphs, i) =>
    writeText(dir, `xquad ${language} ${String(i).padStart(2, '0')}.txt`, paragraphs),
  )
  const queries = documents.flat().flatMap(({ id, qas }) =>
    qas.map(({ question }) => ({
      query: question,
      isRight: ({ text }: Pick<SearchHit, 'text'>) => locate(text).includes(id),
    })),
  )
  const sets: EvalSet[] = [{ name: `xquad.${language}`, queries }]
  if (language === 'en') {
    const slipped = queries
      .filter((_, i) => i % 5 === 0)
      .map((query, i) => ({ ...query, query: misspell(query.query, i) }))
    const toParagraph = ({ targets, query }: { targets: string[]; query: string }): EvalQuery => ({
      query,
      isRight: ({ text }) => locate(text).some((id) => targets.includes(id)),
    })
    sets.push(
      { name: 'misspelt', queries: slipped },
      { name: 'xquad.en paraphrased', half: 'tuned', queries: XQUAD_PARAPHRASES.map(toParagraph) },
      { name: 'unseen: xquad.en', half: 'held-out', queries: UNSEEN_XQUAD.map(toParagraph) },
      ...writtenSets('written: xquad.en', ['xquad']),
    )
  } else {
    const toDocument = ({ targets, query }: { targets: string[]; query: string }): EvalQuery => ({
      query,
      isRight: ({ path }) => targets.some((i) => path.endsWith(`${i.padStart(2, '0')}.txt`)),
    })
    const typed = queries
      .filter((_, i) => i % 10 === 0)
      .map((query, i) => ({ ...query, query: typeInLatin(query.query, i) }))
    sets.push(
      { name: 'transliterated, of Hindi', queries: ROMANIZED_OF_HINDI.map(toDocument) },
      {
        name: 'unseen: transliterated, of Hindi',
        half: 'held-out',
        queries: UNSEEN_ROMANIZED_OF_HINDI.map(toDocument),
      },
      { name: 'xquad.hi in Latin letters', queries: typed },
    )
  }
  return { name: `xquad.${language}`, paths, sets }
}

function writeText(dir: string, name: string, sections: readonly { text: string }[]): string {
  mkdirSync(dir, { recursive: true })
  const path = join(dir, name)
  writeFileSync(path, `${sections.map(({ text }) => text).join('\n\n')}\n`)
  return path
}
