// npm run eval -- ask [--profiles DIR] [--every N] [--verbose]: how far the extractive answers can be trusted.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Answer } from '#contract/ask.ts'
import { makeAsker } from '#core/ask/answer-question.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { LanguageModel } from '#core/ports.ts'
import { readPageText } from '#core/store/search.rows.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { importFiles, type MeasuredLibrary } from './import-files.ts'
import { ANSWERABLE, HELD_OUT_ANSWERABLE, HELD_OUT_UNANSWERABLE, UNANSWERABLE } from './polity-questions.ts'

interface Item {
  question: string
  /** Absent: the library does not answer it. */
  evidence?: (text: string) => boolean
}

const { values: options } = parseArgs({
  options: {
    /** Keeps the imported libraries there for the next run. */
    profiles: { type: 'string' },
    /** Of XQuAD, one question in so many. */
    every: { type: 'string', default: '5' },
    /** The first of them; the weights were fitted with questions whose number is a multiple of 4. */
    from: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
  },
})

const noModel: LanguageModel = {
  status: () => Promise.reject(new Error('no model is measured here')),
  // biome-ignore lint/correctness/useYield: it is never called
  async *chat() {
    throw new Error('no model is measured here')
  },
}

const oneSpace = (text: string) => text.replace(/\s+/g, ' ')

async function measure(
  name: string,
  library: MeasuredLibrary,
  items: readonly Item[],
): Promise<Record<string, unknown>> {
  const { store, searcher, embedder } = library
  const ids = makeIds({ clock: systemClock })
  const asker = makeAsker({ store, searcher, embedder: () => embedder, model: noModel, ids, clock: systemClock })
  const tally = {
    answerable: 0,
    falseRefusals: 0,
    unanswerable: 0,
    falseAnswers: 0,
    cited: 0,
    byQuote: 0,
    byPage: 0,
    right: 0,
  }
  const tookMs: number[] = []
  for (const { question, evidence } of items) {
    const answer = await askOnce(asker, question)
    tookMs.push(answer.tookMs)
    const { refused, citations } = answer
    if (!evidence) {
      tally.unanswerable++
      if (!refused) tally.falseAnswers++
      if (options.verbose && !refused) console.log(`FALSE ANSWER  ${question}\n              ${answer.answer}`)
      continue
    }
    tally.answerable++
    if (refused) {
      tally.falseRefusals++
      if (options.verbose) console.log(`FALSE REFUSAL ${question}`)
      continue
    }
    const pages = citations.map((citation) =>
      evidence(oneSpace(readPageText(store.reader, citation.documentId, citation.page) ?? '')),
    )
    tally.cited += citations.length
    tally.byQuote += citations.filter(({ quote }) => evidence(quote)).length
    tally.byPage += pages.filter(Boolean).length
    if (pages.some(Boolean)) tally.right++
    if (options.verbose && !pages.every(Boolean)) {
      console.log(`WRONG PAGE    ${question}`)
      for (const { page, path, quote } of citations) console.log(`              ${path.slice(-11)} p${page}: ${quote}`)
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? undefined : Number((part / whole).toFixed(3)))
  tookMs.sort((a, b) => a - b)
  return {
    set: name,
    answerable: tally.answerable,
    'false refusals': share(tally.falseRefusals, tally.answerable),
    'answered right (page)': share(tally.right, tally.answerable - tally.falseRefusals),
    'citation precision (page)': share(tally.byPage, tally.cited),
    'citation precision (quote)': share(tally.byQuote, tally.cited),
    unanswerable: tally.unanswerable,
    'false answers': share(tally.falseAnswers, tally.unanswerable),
    'p50 ms': Math.round(tookMs[Math.floor(tookMs.length / 2)] ?? 0),
    'p95 ms': Math.round(tookMs[Math.floor(tookMs.length * 0.95)] ?? 0),
  }
}

async function askOnce(asker: ReturnType<typeof makeAsker>, question: string): Promise<Answer> {
  for await (const event of asker.ask({ question, engine: 'extractive', scope: {} })) {
    if (event.type === 'answer') return event.answer
  }
  throw new Error(`no answer to ${question}`)
}

interface Xquad {
  data: { paragraphs: { context: string; qas: { question: string; answers: { text: string }[] }[] }[] }[]
}

/** Each article as a text file, and its questions; what holds the answer's words is evidence. */
function readXquad(language: 'en' | 'hi', dir: string): { paths: string[]; items: Item[] } | undefined {
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
  const items = data
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ qas }) => qas))
    .filter((_, i) => i % Number(options.every) === Number(options.from) % Number(options.every))
    .map(({ question, answers }) => ({
      question,
      evidence: (text: string) => answers.some((answer) => text.includes(oneSpace(answer.text))),
    }))
  return { paths, items }
}

const dir = options.profiles ?? mkdtempSync(join(tmpdir(), 'abhyas-eval-'))
const rows: Record<string, unknown>[] = []
try {
  const polityDir = corpusFile('ncert-polity')
  const english = readXquad('en', dir)
  const hindi = readXquad('hi', dir)
  const strangers = (english?.items ?? []).filter((_, i) => i % 2 === 0).map(({ question }) => ({ question }))
  if (polityDir) {
    const paths = readdirSync(polityDir).map((name) => join(polityDir, name))
    await using library = await importFiles(join(dir, 'polity'), paths)
    const items: Item[] = [
      ...ANSWERABLE.map(({ question, evidence }) => ({ question, evidence: (text: string) => evidence.test(text) })),
      ...UNANSWERABLE.map((question) => ({ question })),
    ]
    rows.push(await measure('polity', library, items))
    const heldOut: Item[] = [
      ...HELD_OUT_ANSWERABLE.map(({ question, evidence }) => ({
        question,
        evidence: (text: string) => evidence.test(text),
      })),
      ...HELD_OUT_UNANSWERABLE.map((question) => ({ question })),
    ]
    rows.push(await measure('polity, held out', library, heldOut))
    rows.push(await measure('xquad.en asked of polity', library, strangers))
  }
  for (const [name, set] of [
    ['xquad.en', english],
    ['xquad.hi', hindi],
  ] as const) {
    if (!set) continue
    await using library = await importFiles(join(dir, `library-${name}`), set.paths)
    rows.push(await measure(name, library, set.items))
    if (name === 'xquad.en')
      rows.push(
        await measure(
          'polity asked of xquad.en',
          library,
          ANSWERABLE.map(({ question }) => ({ question })),
        ),
      )
  }
} finally {
  if (!options.profiles) rmSync(dir, { recursive: true, force: true })
}
for (const row of rows)
  console.log(
    Object.entries(row)
      .map(([key, value]) => `${key}: ${value ?? '–'}`)
      .join(' · '),
  )
