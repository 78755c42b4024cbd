// node scripts/fit/fit-evidence.ts --samples FILE [--judge reading|meaning] [--every N] [--write]: fits what judges an answer. Reads
// what the engine sees of questions with and without an answer (written into FILE on the first run). For reading it fits boosted
// trees, and prints, by folds that were not fitted on, how false refusals and false answers trade, and the bar; --write puts the
// trees into core/ask/evidence-trees.ts. For meaning (embedders that give no tokens) it prints the weights of
// core/ask/evidence-weights.ts. Never reads test-set.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { SearchHit } from '#contract/search.ts'
import { findEvidence } from '#core/ask/find-evidence.ts'
import type { Judgement } from '#core/ask/judge-evidence.ts'
import type { BoostedTrees } from '#core/ask/score-trees.ts'
import type { Embedder } from '#core/ports.ts'
import type { Searcher } from '#core/search/search-library.ts'
import { type AskedLibrary, askedLibraries } from '../eval/ask-sets.ts'
import { importFiles, scopeOf } from '../eval/import-files.ts'
import type { MeasuredQuestion } from '../eval/measure-answers.ts'
import { NEAR_MISSES } from '../eval/polity-questions.ts'
import { crossValidate, printCurve } from './cross-validate.ts'
import { fitLogistic, type Sample } from './fit-logistic.ts'
import { fitBaggedTrees } from './fit-trees.ts'

const { values: options } = parseArgs({
  options: {
    samples: { type: 'string', default: '/tmp/evidence-samples.json' },
    profiles: { type: 'string', default: '/tmp/evidence-profiles' },
    every: { type: 'string', default: '2' },
    judge: { type: 'string', default: 'reading' },
    write: { type: 'boolean', default: false },
  },
})

/** What the engine sees of one question: its judged sentences, best first, and which of them answer. */
export interface SeenQuestion {
  set: string
  question: string
  /** Where the nearest passage stands: a chapter, or a part of a long document. */
  place: string
  answerable: boolean
  sentences: { features: Judgement['evidence']; score: number; right: boolean }[]
}

/** More than a chapter has: only long documents are parted. */
const PAGES_OF_A_PLACE = 40

/** Vectors of words and sentences come again and again. */
function remembering(embedder: Embedder): Embedder {
  const known = new Map<string, Float32Array>()
  return {
    ...embedder,
    async embed(texts, given) {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text))
      const vectors = fresh.length > 0 ? await embedder.embed(fresh, given) : []
      for (const [i, text] of fresh.entries()) known.set(text, vectors[i] ?? new Float32Array(0))
      return texts.map((text) => known.get(text) ?? new Float32Array(0))
    },
  }
}

async function readSeen(): Promise<SeenQuestion[]> {
  const seen: SeenQuestion[] = []
  for (const { name, paths, sets } of askedLibraries(options.profiles, { every: Number(options.every), from: 0 })) {
    // The model that ships reads English: Hindi is judged by words alone, with weights of its own.
    if (name.endsWith('.hi')) continue
    mkdirSync(options.profiles, { recursive: true })
    await using library = await importFiles(join(options.profiles, name), paths)
    const embedder = remembering(library.embedder)
    const judge = options.judge === 'reading' ? library.judge : undefined
    const asking = { db: library.store.reader, embedder: () => embedder, judge }
    const look = async (set: string, { question, path, expected }: MeasuredQuestion, searcher: Searcher) => {
      const { hits, sentences } = await findEvidence(
        { ...asking, searcher },
        { text: question, scope: scopeOf(library.store.reader, path) },
        new AbortController().signal,
      )
      const isRight = (hit: SearchHit, text: string) =>
        (expected?.words(text.replace(/\s+/g, ' ')) && (expected.page?.(hit) ?? true)) === true
      const judged = sentences.flatMap(({ evidence, score, text, hit }) =>
        evidence ? [{ features: evidence, score, right: isRight(hit, text) }] : [],
      )
      const [first] = hits
      const place = `${first?.documentId} ${Math.floor((first?.page ?? 0) / PAGES_OF_A_PLACE)}`
      seen.push({ set, question, place, answerable: expected !== undefined, sentences: judged })
    }
    const all: AskedLibrary['sets'] =
      name === 'polity'
        ? [...sets, { name: 'near misses', questions: NEAR_MISSES.map((question) => ({ question })) }]
        : sets
    for (const set of all) {
      // Far from the library's matter: any judge refuses them. The test set is for what comes of the fit.
      if (/ asked of |^test: /.test(set.name)) continue
      for (const item of set.questions) {
        await look(set.name, item, library.searcher)
        // The same, with what answers it taken out of the library: the rest of its article is still there.
        const words = item.expected?.words
        if (set.name === 'xquad.en' && words) {
          const without: Searcher = {
            ...library.searcher,
            async search(input, signal) {
              const found = await library.searcher.search({ ...input, limit: (input.limit ?? 16) + 6 }, signal)
              const hits = found.hits.filter(({ text }) => !words(text.replace(/\s+/g, ' ')))
              return { ...found, hits: hits.slice(0, input.limit) }
            },
          }
          await look(`${set.name}, answer taken out`, { question: item.question }, without)
        }
      }
      console.error(set.name, seen.length)
    }
  }
  return seen
}

const TREES_FILE = fileURLToPath(new URL('../../electron/core/ask/evidence-trees.ts', import.meta.url))
/** As many as the engine judges of a question. */
const JUDGED = 16

function treesFile({ start, trees }: BoostedTrees): string {
  return `import type { BoostedTrees } from './score-trees.ts'

/** As scripts/fit/fit-evidence.ts wrote them. */
export const EVIDENCE_TREES: BoostedTrees = {
  start: ${start},
  trees: [
${trees.map((tree) => `    '${tree}',`).join('\n')}
  ],
}
`
}

const file = options.samples
mkdirSync(dirname(file), { recursive: true })
if (!existsSync(file)) writeFileSync(file, JSON.stringify(await readSeen()))
const seen = JSON.parse(readFileSync(file, 'utf8')) as SeenQuestion[]
/**
 * The chapters, and those of our own that were held out: what the AnswerJudge was fitted on (train-judge.py) it knows too well for
 * its word to be weighed there. The other sets only show how the trees do elsewhere.
 */
const isFittedOn = (set: string) => /^polity, |^near misses|^own chapters/.test(set)
const toSamples = (questions: readonly SeenQuestion[], count: number): Sample[] =>
  questions.flatMap(({ set, question, sentences }) =>
    sentences.slice(0, count).map(({ features, right }) => ({
      group: question,
      features: { ...features },
      right,
      weight: isFittedOn(set) ? 2 : 1,
    })),
  )
if (options.judge === 'meaning') {
  console.log(fitLogistic(toSamples(seen, 3), { folds: 5, ridge: 1 }))
} else {
  const judged = seen.map((question) => ({
    ...question,
    fitted: isFittedOn(question.set),
    samples: toSamples([question], JUDGED),
  }))
  printCurve(crossValidate(judged))
  const trees = fitBaggedTrees(judged.flatMap(({ fitted, samples }) => (fitted ? samples : [])))
  if (options.write) writeFileSync(TREES_FILE, treesFile(trees))
}
