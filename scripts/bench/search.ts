import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '#core/quiz/seeded-random.ts'
import { inRoot } from '../app-root.ts'
import type { BenchResult, BenchRow } from '../bench.ts'
import { buildElectron } from '../build.ts'
import { readRealPassages } from './made-library/made-vectors.ts'
import { madeDocumentId, madeQuestion, openMadeLibrary } from './made-library/open-made-library.ts'

/** Passages of the library; ABHYAS_BENCH_CHUNKS=20000 is sooner made. */
const CHUNK_COUNT = Number(process.env.ABHYAS_BENCH_CHUNKS ?? 200_000)
const QUESTION_COUNT = 100
/** Documents of a collection, from all over the library: 8,000 passages, as many as are compared one by one. */
const COLLECTION_COUNT = 80
const IMPORT_COUNT = 3
const PARAGRAPHS_PER_IMPORT = 80
const MEBIBYTE = 1024 * 1024
const MEASURE = fileURLToPath(new URL('./made-library/measure-search.mjs', import.meta.url))
/** Under the checkout, so that its packages are found. */
const BUILT_DIR = inRoot('.cache/bench-built/electron')

interface SearchFigures {
  openMs: number
  openToFirstMs: number
  residentBytes: number
  residentAtEndBytes: number
  queries: Record<string, [ms: number, cpuMs: number][]>
}

/**
 * A whole preparation on one laptop: 2,000 documents of 100 passages. What it takes from opening the profile to the first
 * result, a query of each kind (the question's embedding included), memory, and whether adding a document takes
 * longer than in an empty library. The app as it is built, in processes of its own. Wall-clock and CPU time: on a busy machine
 * only the second tells.
 */
export async function benchSearch(): Promise<BenchResult> {
  const dir = mkdtempSync(join(tmpdir(), 'abhyas-bench-'))
  try {
    const library = await openMadeLibrary(CHUNK_COUNT)
    await buildElectron(BUILT_DIR)
    const { profileDir, documentCount } = library
    const rows: BenchRow[] = []
    const add = (metric: string, value: number, unit: string) => rows.push({ metric, value, unit })

    const prepared = measure<{ buildSeconds?: number; buildCpuSeconds?: number }>('prepare', profileDir)
    if (prepared.buildSeconds !== undefined) {
      add('building the graph from nothing', prepared.buildSeconds, 's')
      add('the same, CPU', prepared.buildCpuSeconds ?? 0, 's')
    }
    const random = seededRandom('questions')
    const sentences = (await readRealPassages()).flatMap((passage) => passage.sentences)
    const input = join(dir, 'input.json')
    writeFileSync(
      input,
      JSON.stringify({
        questions: Array.from({ length: QUESTION_COUNT }, () => madeQuestion(random, sentences)),
        oneDocument: madeDocumentId(7),
        collection: Array.from({ length: COLLECTION_COUNT }, (_, n) =>
          madeDocumentId(Math.floor((n * documentCount) / COLLECTION_COUNT)),
        ),
        half: Array.from({ length: documentCount / 2 }, (_, n) => madeDocumentId(n)),
      }),
    )
    const figures = measure<SearchFigures>('search', profileDir, input)
    add('opening the profile', figures.openMs, 'ms')
    add('from opening to the first result', figures.openToFirstMs, 'ms')
    for (const [kind, times] of Object.entries(figures.queries)) {
      for (const share of [0.5, 0.95]) {
        add(
          `${kind}, p${share * 100}`,
          quantile(
            times.map(([ms]) => ms),
            share,
          ),
          'ms',
        )
        add(
          `${kind}, p${share * 100}, CPU`,
          quantile(
            times.map(([, cpuMs]) => cpuMs),
            share,
          ),
          'ms',
        )
      }
    }
    add('resident memory after the hybrid queries', figures.residentBytes / MEBIBYTE, 'MiB')
    add('resident memory at the end', figures.residentAtEndBytes / MEBIBYTE, 'MiB')

    writeFileSync(input, JSON.stringify({ files: writeDocuments(dir, sentences) }))
    const full = measure<{ runs: ImportRun[] }>('import', profileDir, input)
    const empty = measure<{ runs: ImportRun[] }>('import', join(dir, 'empty'), input)
    for (const [name, { runs }] of Object.entries({ 'to the full library': full, 'to an empty one': empty })) {
      add(
        `adding a document ${name}`,
        quantile(
          runs.map(({ ms }) => ms),
          0.5,
        ),
        'ms',
      )
      add(
        `adding a document ${name}, CPU`,
        quantile(
          runs.map(({ cpuMs }) => cpuMs),
          0.5,
        ),
        'ms',
      )
    }
    const ratio = (of: keyof ImportRun) =>
      quantile(
        full.runs.map((run) => run[of]),
        0.5,
      ) /
      quantile(
        empty.runs.map((run) => run[of]),
        0.5,
      )
    add('full to empty', ratio('ms'), 'ratio')
    add('full to empty, CPU', ratio('cpuMs'), 'ratio')
    return { name: `search: ${CHUNK_COUNT} passages in ${documentCount} documents`, rows }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

interface ImportRun {
  ms: number
  cpuMs: number
}

function measure<T>(what: string, profileDir: string, inputFile?: string): T {
  const output = execFileSync(
    process.execPath,
    [MEASURE, what, BUILT_DIR, inRoot('resources'), profileDir, ...(inputFile ? [inputFile] : [])],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * MEBIBYTE },
  )
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as T
}

/** Different texts each time: what is in the library already would not be embedded again. */
function writeDocuments(dir: string, sentences: readonly string[]): string[] {
  const random = seededRandom('documents', Date.now())
  return Array.from({ length: IMPORT_COUNT + 1 }, (_, n) => {
    const paragraphs = Array.from({ length: PARAGRAPHS_PER_IMPORT }, () =>
      Array.from({ length: 5 }, () => `${sentences[random.below(sentences.length)]} (${random.below(1e9)})`).join(' '),
    )
    const path = join(dir, `document-${n}.md`)
    writeFileSync(path, `# Document ${n}\n\n${paragraphs.join('\n\n')}\n`)
    return path
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
