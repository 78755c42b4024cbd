import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { HNSW_PARAMETERS } from '#core/adapters/hnswlib.ts'
import type { BenchResult, BenchRow } from '../bench.ts'
import { ENGINES } from './made-library/vector-engines.ts'
import { openVectorFiles } from './made-library/vector-files.ts'

/** ABHYAS_BENCH_SIZES=20000,50000 measures some sizes alone: 200,000 takes many minutes. */
const SIZES = (process.env.ABHYAS_BENCH_SIZES ?? '20000,50000,200000').split(',').map(Number)
const ONLY = process.env.ABHYAS_BENCH_ENGINES?.split(',')
/** ABHYAS_BENCH_EF=200,400,800 searches with as many candidates, each in turn. */
const EFS = process.env.ABHYAS_BENCH_EF?.split(',').map(Number) ?? [HNSW_PARAMETERS.efSearch]
const MEASURE = fileURLToPath(new URL('./made-library/measure-index.ts', import.meta.url))

const UNITS: Record<string, string> = {
  buildPerSecond: 'vectors/s',
  buildPerCpuSecond: 'vectors/s of CPU',
  saveMs: 'ms',
  bytesPerVector: 'bytes',
  recall: 'share',
  recallOfQuestions: 'share',
  p50Ms: 'ms',
  p95Ms: 'ms',
  p95CpuMs: 'ms of CPU',
  loadMs: 'ms',
  residentBytesPerVector: 'bytes',
}

/**
 * The vector index at 20,000, 50,000 and 200,000 real-shaped vectors, each engine in processes of its own:
 * build rate, recall@10 against a look at every vector (of passages and of questions, which lie apart from passages, and of
 * questions alone), time a query, bytes a vector on disk and resident, saving and loading.
 * hnswlib as the app uses it beside usearch with the same graph parameters in 16 and 8 bits, read whole and mapped.
 */
export async function benchIndex(): Promise<BenchResult> {
  const rows: BenchRow[] = []
  for (const size of SIZES) {
    await openVectorFiles(size)
    const built = new Set<string>()
    for (const { engine, builtAs } of ENGINES) {
      if (ONLY && !ONLY.includes(builtAs)) continue
      const add = (name: string, figures: Record<string, number>) => {
        for (const [metric, value] of Object.entries(figures)) {
          rows.push({ metric: `${size} ${name}: ${metric}`, value, unit: UNITS[metric] ?? '' })
        }
        console.error(`${size} ${name}: ${JSON.stringify(figures)}`)
      }
      if (!built.has(builtAs)) add(engine.name, measure('build', engine.name, size))
      built.add(builtAs)
      for (const ef of EFS) {
        add(EFS.length > 1 ? `${engine.name}, ef ${ef}` : engine.name, measure('search', engine.name, size, ef))
      }
    }
  }
  return { name: 'index', rows }
}

function measure(mode: 'build' | 'search', engine: string, size: number, ef = 0): Record<string, number> {
  const output = execFileSync(process.execPath, ['--expose-gc', MEASURE, mode, engine, String(size), String(ef)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Record<string, number>
}
