import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusFile } from '#core/testing/corpus.ts'
import { ARTICLES, ARTICLES_UNANSWERED } from './article-questions.ts'
import { CHAPTERS, type ChapterQuestion } from './fitted-questions/chapters.ts'
import { CHAPTERS_UNANSWERED } from './fitted-questions/chapters-unanswered.ts'
import { ENCYCLOPEDIA, ENCYCLOPEDIA_UNANSWERED } from './fitted-questions/encyclopedia.ts'
import { HELD_OUT, HELD_OUT_UNANSWERED } from './held-out-questions.ts'
import type { MeasuredQuestion } from './measure-answers.ts'
import { ANSWERABLE, HELD_OUT_ANSWERABLE, HELD_OUT_UNANSWERABLE, UNANSWERABLE } from './polity-questions.ts'
import { isHeldOut, isTest, readChapters, writeChapter } from './questions/read-chapters.ts'
import { flat } from './questions/read-questions.ts'
import { TEST_CHAPTERS, TEST_CHAPTERS_UNANSWERED, TEST_CONSTITUTION, TEST_CONSTITUTION_UNANSWERED } from './test-set.ts'

/** Files to ask about, and the questions put to them, set by set. */
export interface AskedLibrary {
  name: string
  paths: string[]
  sets: { name: string; questions: MeasuredQuestion[] }[]
}

/** Of XQuAD, every so manieth question is asked, from the given one on. */
export interface XquadSample {
  every: number
  from: number
}

/** What the corpus of this machine allows to ask. `dir` takes the files that are made of it. */
export function askedLibraries(dir: string, sample: XquadSample): AskedLibrary[] {
  const polity = corpusFile('ncert-polity')
  const english = readXquad('en', dir, sample)
  const hindi = readXquad('hi', dir, sample)
  const constitution = writeConstitution(dir)
  const unanswered = (questions: readonly string[]) => questions.map((question) => ({ question }))
  const libraries: (AskedLibrary | undefined)[] = [
    polity
      ? {
          name: 'polity',
          paths: readdirSync(polity)
            .filter((name) => name.endsWith('.pdf'))
            .map((name) => join(polity, name)),
          sets: [
            { name: 'polity, seen in the making', questions: [...ofPages(ANSWERABLE), ...unanswered(UNANSWERABLE)] },
            {
              name: 'polity, first held out',
              questions: [...ofPages(HELD_OUT_ANSWERABLE), ...unanswered(HELD_OUT_UNANSWERABLE)],
            },
            {
              name: 'polity, held out',
              questions: [
                ...HELD_OUT.map(({ question, chapter, pages, words }) => ({
                  question,
                  expected: {
                    words: (text: string) => words.test(text),
                    page: (cited: { path: string; page: number }) =>
                      cited.path.endsWith(chapterFile(chapter)) && pages.includes(cited.page),
                  },
                })),
                ...unanswered(HELD_OUT_UNANSWERED),
              ],
            },
            { name: 'polity, fitted on', questions: [...ofChapters(CHAPTERS), ...unanswered(CHAPTERS_UNANSWERED)] },
            {
              name: 'test: chapters',
              questions: [...ofChapters(TEST_CHAPTERS), ...unanswered(TEST_CHAPTERS_UNANSWERED)],
            },
            {
              name: 'xquad.en asked of polity',
              questions: unanswered(
                (english?.questions ?? []).filter((_, i) => i % 2 === 0).map(({ question }) => question),
              ),
            },
          ],
        }
      : undefined,
    constitution
      ? {
          name: 'constitution',
          paths: [constitution],
          sets: [
            { name: 'constitution, held out', questions: [...ofWords(ARTICLES), ...unanswered(ARTICLES_UNANSWERED)] },
            {
              name: 'test: constitution',
              questions: [...ofWords(TEST_CONSTITUTION), ...unanswered(TEST_CONSTITUTION_UNANSWERED)],
            },
          ],
        }
      : undefined,
    english && {
      name: 'library-xquad.en',
      paths: english.paths,
      sets: [
        { name: 'xquad.en', questions: english.questions },
        {
          name: 'encyclopedia, fitted on',
          questions: [...ofWords(ENCYCLOPEDIA), ...unanswered(ENCYCLOPEDIA_UNANSWERED)],
        },
        { name: 'polity asked of xquad.en', questions: unanswered(ANSWERABLE.map(({ question }) => question)) },
      ],
    },
    ownChapters(dir),
    hindi && {
      name: 'library-xquad.hi',
      paths: hindi.paths,
      sets: [{ name: 'xquad.hi', questions: hindi.questions }],
    },
  ]
  return libraries.filter((library) => library !== undefined)
}

/** The chapters of ours that no judge was fitted on, each asked its own questions: some for the trees that weigh its word, some for a test. */
function ownChapters(dir: string): AskedLibrary {
  const written = readChapters()
    .filter(isHeldOut)
    .map((chapter) => ({ chapter, path: writeChapter(chapter, join(dir, 'own-chapters')) }))
  const questionsOf = (chapters: typeof written) =>
    chapters.flatMap(({ chapter, path }) =>
      chapter.questions.map(({ question, quotes }): MeasuredQuestion => {
        const said = quotes.map(flat)
        const words = (text: string) =>
          said.some((quote) => text.includes(quote) || (text.length > SHORTEST_PART && quote.includes(text)))
        return { question, path, ...(said.length > 0 && { expected: { words } }) }
      }),
    )
  return {
    name: 'own chapters',
    paths: written.map(({ path }) => path),
    sets: [
      { name: 'own chapters, fitted on', questions: questionsOf(written.filter(({ chapter }) => !isTest(chapter))) },
      { name: 'test: own chapters', questions: questionsOf(written.filter(({ chapter }) => isTest(chapter))) },
    ],
  }
}

/** A shorter part of a sentence may stand in another too. */
const SHORTEST_PART = 30

const chapterFile = (chapter: number) => `keps2${String(chapter).padStart(2, '0')}.pdf`

/** The Constitution's articles as one book, each under its title. */
function writeConstitution(dir: string): string | undefined {
  const file = corpusFile('text', 'constitution_of_india.json')
  if (!file) return undefined
  const articles = JSON.parse(readFileSync(file, 'utf8')) as Record<'article' | 'title' | 'description', string>[]
  mkdirSync(dir, { recursive: true })
  const path = join(dir, 'constitution-of-india.md')
  const sections = articles.map(
    ({ article, title, description }) =>
      `## Article ${article}: ${title}\n\n${description.replace(/[ \t]*\n\s*/g, '\n\n')}`,
  )
  writeFileSync(path, `# The Constitution of India\n\n${sections.join('\n\n')}\n`)
  return path
}

function ofWords(questions: readonly { question: string; words: RegExp }[]): MeasuredQuestion[] {
  return questions.map(({ question, words }) => ({ question, expected: { words: (text) => words.test(text) } }))
}

function ofChapters(questions: readonly ChapterQuestion[]): MeasuredQuestion[] {
  return questions.map(({ question, chapter, words }) => ({
    question,
    expected: {
      words: (text) => words.test(text),
      page: (cited) => cited.path.endsWith(chapterFile(chapter)),
    },
  }))
}

function ofPages(questions: typeof ANSWERABLE): MeasuredQuestion[] {
  return questions.map(({ question, evidence }) => ({ question, expected: { words: (text) => evidence.test(text) } }))
}

interface Xquad {
  data: { paragraphs: { context: string; qas: { question: string; answers: { text: string }[] }[] }[] }[]
}

/** Each article as a text file, and its questions; what holds the answer's words is evidence. */
function readXquad(language: 'en' | 'hi', dir: string, { every, from }: XquadSample) {
  const file = corpusFile('text', `xquad.${language}.json`)
  if (!file) return undefined
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as Xquad
  const folder = join(dir, `xquad-${language}`)
  mkdirSync(folder, { recursive: true })
  const paths = data.map(({ paragraphs }, i) => {
    const path = join(folder, `${language}${String(i).padStart(2, '0')}.txt`)
    writeFileSync(path, `${paragraphs.map(({ context }) => context).join('\n\n')}\n`)
    return path
  })
  const questions = data
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ qas }) => qas))
    .filter((_, i) => i % every === from % every)
    .map(
      ({ question, answers }): MeasuredQuestion => ({
        question,
        expected: { words: (text) => answers.some((answer) => text.includes(answer.text.replace(/\s+/g, ' '))) },
      }),
    )
  return { paths, questions }
}
