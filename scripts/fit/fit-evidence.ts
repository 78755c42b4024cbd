// node scripts/fit/fit-evidence.ts --samples FILE [--every N]: fits the weights of core/ask/evidence-weights.ts. Reads what the engine
// sees of questions with and without an answer (written into FILE on the first run), fits logistic regressions, and prints
// the weights with how they do on the questions of a fold they were not fitted on. Never reads held-out-questions.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { EvidenceFeatures } from '#core/ask/evidence-features.ts'
import { findEvidence } from '#core/ask/find-evidence.ts'
import type { Embedder } from '#core/ports.ts'
import type { Searcher } from '#core/search/search-library.ts'
import { type AskedLibrary, askedLibraries } from '../eval/ask-sets.ts'
import { importFiles } from '../eval/import-files.ts'
import { NEAR_MISSES } from '../eval/polity-questions.ts'
import { fitLogistic, type Sample } from './fit-logistic.ts'

const { values: options } = parseArgs({
  options: {
    samples: { type: 'string', default: '/tmp/evidence-samples.json' },
    profiles: { type: 'string', default: '/tmp/evidence-profiles' },
    every: { type: 'string', default: '3' },
  },
})

/** What the engine sees of one question: its judged sentences, best first, and which of them answer. */
interface SeenQuestion {
  set: string
  question: string
  answerable: boolean
  sentences: { features: EvidenceFeatures; score: number; right: boolean }[]
}

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
    const asking = { db: library.store.reader, embedder: () => embedder }
    const look = async (
      set: string,
      question: string,
      words: ((text: string) => boolean) | undefined,
      searcher: Searcher,
    ) => {
      const { sentences } = await findEvidence(
        { ...asking, searcher },
        { text: question, scope: {} },
        new AbortController().signal,
      )
      const judged = sentences.flatMap(({ evidence, score, text }) =>
        evidence ? [{ features: evidence, score, right: words?.(text.replace(/\s+/g, ' ')) ?? false }] : [],
      )
      seen.push({ set, question, answerable: words !== undefined, sentences: judged })
    }
    const all: AskedLibrary['sets'] =
      name === 'polity'
        ? [...sets, { name: 'near misses', questions: NEAR_MISSES.map((question) => ({ question })) }]
        : sets
    for (const set of all) {
      if (set.name === 'polity, held out') continue
      for (const item of set.questions) {
        const words = item.expected?.words
        await look(set.name, item.question, words, library.searcher)
        // The same, with what answers it taken out of the library: the rest of its article is still there.
        if (name.startsWith('library-xquad') && words) {
          const without: Searcher = {
            ...library.searcher,
            async search(input, signal) {
              const found = await library.searcher.search({ ...input, limit: (input.limit ?? 16) + 6 }, signal)
              const hits = found.hits.filter(({ text }) => !words(text.replace(/\s+/g, ' ')))
              return { ...found, hits: hits.slice(0, input.limit) }
            },
          }
          await look(`${set.name}, answer taken out`, item.question, undefined, without)
        }
      }
      console.error(set.name, seen.length)
    }
  }
  return seen
}

const file = options.samples
mkdirSync(dirname(file), { recursive: true })
if (!existsSync(file)) writeFileSync(file, JSON.stringify(await readSeen()))
const seen = JSON.parse(readFileSync(file, 'utf8')) as SeenQuestion[]
/** There are few of them, and they are what is asked in earnest. */
const weightOf = (set: string) => (set === 'near misses' ? 3 : set.startsWith('polity, ') ? 2 : 1)
const samples: Sample[] = seen.flatMap(({ set, question, sentences }) =>
  sentences
    .slice(0, 3)
    .map(({ features, right }) => ({ group: question, features: { ...features }, right, weight: weightOf(set) })),
)
console.log(fitLogistic(samples, { folds: 5, ridge: 1 }))
