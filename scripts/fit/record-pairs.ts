// node scripts/fit/record-pairs.ts --out FILE [--profiles DIR] [--only NAME] [--held-out]: puts the questions of scripts/eval/questions, and XQuAD's own, to the
// documents they were written on, and writes what the engine finds: a JSON line a question, with its best sentences as token
// ids, right or not. What scripts/fit/train-judge.py learns from. Never reads the chapters: the trees are fitted on those.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pairIds } from '#core/adapters/onnx-sentence-encoder.ts'
import { openTextTokenizer } from '#core/adapters/tokenize-text.ts'
import { findEvidence } from '#core/ask/find-evidence.ts'
import { standingBefore } from '#core/ask/match-tokens.ts'
import { splitSentences } from '#core/ingest/split-sentences.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { askedLibraries } from '../eval/ask-sets.ts'
import { importFiles, MODEL_DIR, scopeOf } from '../eval/import-files.ts'
import { isHeldOut, readChapters, writeChapter } from '../eval/questions/read-chapters.ts'
import {
  flat,
  OWN_TEXTS,
  readQuestions,
  type WrittenQuestion,
  writeChapters,
} from '../eval/questions/read-questions.ts'

const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    profiles: { type: 'string', default: '/tmp/judge-profiles' },
    /** The libraries whose name contains it. */
    only: { type: 'string', default: '' },
    /** Those of our own chapters that nothing is fitted on, to see how a judge does. */
    'held-out': { type: 'boolean', default: false },
  },
})
if (!options.out) throw new Error('--out FILE is missing')

/** Of each question, in the engine's order: the training takes the hardest. */
const SENTENCES = 24
/** XQuAD's own questions share their words with the text: a few are enough. */
const XQUAD_EVERY = 4

interface Xquad {
  data: { paragraphs: { context: string; qas: { question: string; answers: { answer_start: number }[] }[] }[] }[]
}

/** XQuAD's questions with the sentence that its answer stands in. */
function readXquad(): Pick<WrittenQuestion, 'question' | 'quotes'>[] {
  const file = corpusFile('text', 'xquad.en.json')
  if (!file) return []
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as Xquad
  const all = data.flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ context, qas }) => {
      const sentences = splitSentences(context)
      return qas.map(({ question, answers: [answer] }) => ({
        question,
        quotes: sentences
          .filter(({ start, end }) => answer && start <= answer.answer_start && answer.answer_start < end)
          .map(({ start, end }) => context.slice(start, end)),
      }))
    }),
  )
  return all.filter((_, i) => i % XQUAD_EVERY === 0)
}

/** Shorter ones stand in many a sentence. */
const SHORTEST_PART = 30

/** The engine may cut sentences otherwise than the one who quoted. */
function isQuoted(text: string, quotes: readonly string[]): boolean {
  const said = flat(text)
  return quotes.map(flat).some((quote) => said.includes(quote) || (said.length > SHORTEST_PART && quote.includes(said)))
}

const given = askedLibraries(options.profiles, { every: 1, from: 0 })
const pathsOf = (name: string) => given.find((library) => library.name === name)?.paths ?? []
interface RecordedLibrary {
  name: string
  paths: string[]
  questions: (Pick<WrittenQuestion, 'question' | 'quotes'> & {
    /** It is put to this file alone: another may answer what this one leaves open. */
    path?: string
  })[]
}

/** Our own chapters, a library a file. */
const ownChapters = [...Map.groupBy(readChapters(), ({ id }) => id.split(':')[0] ?? id)].map(
  ([name, chapters]): RecordedLibrary => {
    const written = chapters.map((chapter) => ({
      chapter,
      path: writeChapter(chapter, join(options.profiles, 'own-chapters')),
    }))
    return {
      name,
      paths: written.map(({ path }) => path),
      questions: written.flatMap(({ chapter, path }) =>
        isHeldOut(chapter) === options['held-out'] ? chapter.questions.map((question) => ({ ...question, path })) : [],
      ),
    }
  },
)
const others: RecordedLibrary[] = [
  {
    name: 'library-xquad.en',
    paths: pathsOf('library-xquad.en'),
    questions: [...readQuestions('xquad'), ...readXquad()],
  },
  { name: 'constitution', paths: pathsOf('constitution'), questions: readQuestions('constitution') },
  ...OWN_TEXTS.map((name) => ({
    name,
    paths: writeChapters([name], join(options.profiles, `${name}-texts`)),
    questions: readQuestions(name),
  })),
]
const tokenizer = openTextTokenizer(join(MODEL_DIR, 'tokenizer.json'), 256)
writeFileSync(options.out, '')
const recorded = [...ownChapters, ...(options['held-out'] ? [] : others)].filter(({ name }) =>
  name.includes(options.only),
)
for (const { name, paths, questions } of recorded) {
  if (paths.length === 0) {
    console.log(`${name}: skipped, its texts are not on this machine`)
    continue
  }
  mkdirSync(options.profiles, { recursive: true })
  await using library = await importFiles(join(options.profiles, name), paths)
  const db = library.store.reader
  const parts = { db, searcher: library.searcher, embedder: () => library.embedder }
  let found = 0
  for (const { question, quotes, path } of questions) {
    const asked = { text: question, scope: scopeOf(db, path) }
    const { sentences } = await findEvidence(parts, asked, new AbortController().signal)
    const pairs = sentences.slice(0, SENTENCES).map((sentence) => ({
      ids: pairIds(tokenizer, { question, sentence: sentence.text, before: standingBefore(sentence) }),
      right: isQuoted(sentence.text, quotes),
    }))
    if (pairs.some(({ right }) => right)) found++
    const line = { question, answerable: quotes.length > 0, sentences: pairs }
    appendFileSync(options.out, `${JSON.stringify(line)}\n`)
  }
  console.log(`${name}: ${questions.length} questions, the answer found for ${found}`)
}
