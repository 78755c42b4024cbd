// npm run eval -- retrieval [--only LIBRARY] [--set NAME] [--half tuned|held-out] [--every N] [--profiles DIR] [--json]:
// how well search finds the passage that answers, by words, by meaning and by both; and how
// many queries find something though no word of theirs is there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SearchMode } from '#contract/search.ts'
import type { Searcher } from '#core/search/search-library.ts'
import { importFiles } from './import-files.ts'
import { type EvalQuery, readEvalLibraries } from './retrieval/eval-sets.ts'
import { bootstrap, DEPTH, type Interval, MEASURES, type Measure, measuresOf } from './retrieval/rank-measures.ts'
import { NO_WORDS, WORDS_OF_ELSEWHERE } from './retrieval/unknown-queries.ts'

const { values: options } = parseArgs({
  options: {
    /** One library. */
    only: { type: 'string' },
    /** Queries of even place in their set were looked at while search was tuned, those of odd place were not. */
    half: { type: 'string' },
    /** One set of questions. */
    set: { type: 'string' },
    /** Of each set, one query in so many. */
    every: { type: 'string', default: '1' },
    /** Keeps the imported libraries there for the next run. */
    profiles: { type: 'string' },
    json: { type: 'boolean', default: false },
    /** Prints the queries that hybrid search misses. */
    verbose: { type: 'boolean', default: false },
  },
})

const MODES: readonly SearchMode[] = ['keyword', 'vector', 'hybrid']
const HALVES = ['tuned', 'held-out'] as const

interface Row {
  set: string
  half: string
  mode: SearchMode
  queryCount: number
  measures: Record<Measure, Interval>
}

async function rankOf(searcher: Searcher, { query, isRight }: EvalQuery, mode: SearchMode) {
  const { hits } = await searcher.search({ query, mode, limit: DEPTH, asYouType: false })
  const at = hits.findIndex(isRight)
  if (options.verbose && at !== 0 && mode === 'hybrid') console.log(`${at < 0 ? 'MISSED' : `at ${at + 1} `}  ${query}`)
  return at < 0 ? undefined : at + 1
}

async function measure(searcher: Searcher, set: string, half: string, queries: readonly EvalQuery[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const mode of MODES) {
    const found: Record<Measure, number>[] = []
    for (const query of queries) found.push(measuresOf(await rankOf(searcher, query, mode)))
    const measures = Object.fromEntries(
      MEASURES.map((name) => [name, bootstrap(found.map((values) => values[name]))]),
    ) as Record<Measure, Interval>
    rows.push({ set, half, mode, queryCount: queries.length, measures })
  }
  return rows
}

/** Of queries whose words the library has nowhere, how many find something by what they mean. */
async function countFinding(searcher: Searcher, queries: readonly string[]) {
  let queryCount = 0
  let findingCount = 0
  for (const query of queries) {
    const byWords = await searcher.search({ query, mode: 'keyword', limit: 1, asYouType: false })
    if (byWords.hits.length > 0) continue
    queryCount++
    if ((await searcher.search({ query, limit: 1, asYouType: false })).hits.length > 0) findingCount++
  }
  return { queryCount, findingCount }
}

const dir = options.profiles ?? mkdtempSync(join(tmpdir(), 'abhyas-eval-'))
const rows: Row[] = []
const unknownQueries: { library: string; queries: string; queryCount: number; findingCount: number }[] = []
try {
  const libraries = readEvalLibraries(dir).filter(({ name }) => !options.only || name === options.only)
  if (libraries.length === 0)
    throw new Error('The corpus that is asked for is not here: see ABHYAS_CORPUS in electron/core/testing/corpus.ts.')
  for (const { name, paths, sets } of libraries) {
    await using library = await importFiles(join(dir, `library-${name}`), paths)
    if (!options.set) {
      for (const [queries, list] of Object.entries({
        'no words': NO_WORDS,
        'words of elsewhere': WORDS_OF_ELSEWHERE,
      })) {
        unknownQueries.push({ library: name, queries, ...(await countFinding(library.searcher, list)) })
      }
    }
    for (const set of sets.filter(({ name: own }) => !options.set || own === options.set)) {
      for (const [place, half] of HALVES.entries()) {
        if (options.half && options.half !== half) continue
        const own = set.half ? (set.half === half ? set.queries : []) : set.queries.filter((_, i) => i % 2 === place)
        const queries = own.filter((_, i) => i % Number(options.every) === 0)
        if (queries.length === 0) continue
        rows.push(...(await measure(library.searcher, set.name, half, queries)))
      }
    }
  }
} finally {
  if (!options.profiles) rmSync(dir, { recursive: true, force: true })
}

const shown = ({ mean, low, high }: Interval) => `${mean.toFixed(3)} [${low.toFixed(3)}–${high.toFixed(3)}]`
if (options.json) console.log(JSON.stringify({ name: 'retrieval', rows, unknownQueries }))
else {
  console.table(
    rows.map(({ set, half, mode, queryCount, measures }) => ({
      set,
      half,
      mode,
      n: queryCount,
      ...Object.fromEntries(MEASURES.map((name) => [name, shown(measures[name])])),
    })),
  )
  console.table(unknownQueries)
}
