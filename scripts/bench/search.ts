import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import { systemClock as clock } from '#core/ops/system-clock.ts'
import type { Embedder } from '#core/ports.ts'
import { type LibraryIndex, openLibraryIndex } from '#core/search/library-index.ts'
import { makeSearcher } from '#core/search/search-library.ts'
import { openStore, type Store } from '#core/store/open-store.ts'
import { MODEL_DIR } from '#core/testing/model-dir.ts'
import { documentId, type SeedDocument, seedLibrary } from '#core/testing/seed-library.ts'
import type { BenchResult, BenchRow } from '../bench.ts'

const CHUNK_COUNT = 20_000
const DOCUMENT_COUNT = 200
const QUERY_COUNT = 100
const RECALL_QUERY_COUNT = 40
const TOPIC_COUNT = 400
const MEBIBYTE = 1024 * 1024

/**
 * Search over a library of 20,000 made passages with vectors of a real spread
 * (400 topics), the question's embedding by the real model included: time a query of
 * each kind, the recall of the graph, and what opening and building it cost.
 */
export async function benchSearch(): Promise<BenchResult> {
  const dir = mkdtempSync(join(tmpdir(), 'abhyas-bench-'))
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  const store = openStore({ profileDir: dir })
  try {
    const random = makeRandom(7)
    const topics = Array.from({ length: TOPIC_COUNT }, () => randomVector(random, embedder.identity.dimension))
    await seedLibrary(store, topicalEmbedder(embedder, topics, random), madeLibrary(random))
    const rows = await measure(dir, store, embedder, topics, random)
    return { name: `search: ${CHUNK_COUNT} passages in ${DOCUMENT_COUNT} documents`, rows }
  } finally {
    await embedder.close()
    store.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(
  dir: string,
  store: Store,
  embedder: Embedder,
  topics: readonly Float32Array[],
  random: () => number,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const open = () => openLibraryIndex({ store, dir, identity: embedder.identity })
  const timed = async <T>(metric: string, work: () => Promise<T>): Promise<T> => {
    const startedAtMs = performance.now()
    const result = await work()
    rows.push({ metric, value: performance.now() - startedAtMs, unit: 'ms' })
    return result
  }
  let index = await open()
  const search = (input: Parameters<ReturnType<typeof makeSearcher>['search']>[0]) =>
    makeSearcher({ store, embedder: () => embedder, index: () => index, clock }).search(input)
  await search({ query: 'warm up' })
  await timed('hybrid query while the graph is being built (exact)', () => search({ query: question(random) }))
  await timed('building the graph in its thread', () => index.catchUp())
  await timed('closing', () => index.close())
  index = await timed('opening the saved graph', open)

  const queries = Array.from({ length: QUERY_COUNT }, () => question(random))
  for (const mode of ['hybrid', 'keyword', 'vector'] as const) {
    const times: number[] = []
    for (const query of queries) times.push((await search({ query, mode, limit: 20 })).tookMs)
    rows.push(...percentiles(`${mode} query`, times))
  }
  const scope = { documentIds: [documentId('d7')] }
  const narrow: number[] = []
  for (const query of queries) narrow.push((await search({ query, scope })).tookMs)
  rows.push(...percentiles('hybrid query in one document', narrow))
  const half = { documentIds: Array.from({ length: DOCUMENT_COUNT / 2 }, (_, i) => documentId(`d${i}`)) }
  const wide: number[] = []
  for (const query of queries.slice(0, 50)) wide.push((await search({ query, scope: half })).tookMs)
  rows.push(...percentiles('hybrid query in half of the library', wide))
  rows.push({ metric: 'recall@10 of the graph', value: recall(index, topics, random), unit: 'share' })
  rows.push({ metric: 'RSS', value: process.memoryUsage.rss() / MEBIBYTE, unit: 'MiB' })
  await index.close()
  return rows
}

/** How many of the ten nearest the graph finds, against a look at every vector. */
function recall(index: LibraryIndex, topics: readonly Float32Array[], random: () => number): number {
  let found = 0
  const every = { documentIds: Array.from({ length: DOCUMENT_COUNT }, (_, i) => documentId(`d${i}`)) }
  const parts = Array.from({ length: 8 }, (_, part) => every.documentIds.filter((_, i) => i % 8 === part))
  for (let i = 0; i < RECALL_QUERY_COUNT; i++) {
    // Questions are of the topics that the texts are of; a direction near nothing has no neighbours to speak of.
    const vector = nearTopic(topics, random)
    // Eight narrow scopes are each compared one by one: together they are the truth.
    const truth = parts
      .flatMap((documentIds) => index.search(vector, 10, { documentIds }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 10)
    const near = new Set(index.search(vector, 10).map(({ chunkId }) => chunkId))
    found += truth.filter(({ chunkId }) => near.has(chunkId)).length
  }
  return found / (10 * RECALL_QUERY_COUNT)
}

function percentiles(metric: string, times: number[]): BenchRow[] {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return [
    { metric: `${metric} p50`, value: at(0.5), unit: 'ms' },
    { metric: `${metric} p95`, value: at(0.95), unit: 'ms' },
  ]
}

const STEMS =
  'court right law state union river soil rain tax budget village vote parliament judge minister river forest treaty border tribe language census army trade port mine crop price wage school health road rail power water peace'.split(
    ' ',
  )

/** Words with a long tail, as texts have them. */
function word(random: () => number): string {
  const stem = STEMS[Math.floor(random() ** 2 * STEMS.length)] ?? 'law'
  return random() < 0.5 ? stem : `${stem}${Math.floor(random() ** 3 * 900)}`
}

function madeLibrary(random: () => number): SeedDocument[] {
  return Array.from({ length: DOCUMENT_COUNT }, (_, d) => ({
    id: `d${d}`,
    title: `Book ${d}`,
    pages: Array.from({ length: CHUNK_COUNT / DOCUMENT_COUNT / 4 }, () =>
      Array.from({ length: 4 }, () => Array.from({ length: 110 }, () => word(random)).join(' ')).join('\n\n'),
    ),
  }))
}

function question(random: () => number): string {
  return `What does the ${word(random)} say about ${word(random)} and ${word(random)} in the ${word(random)}?`
}

/** Vectors near one of the topics, under the real model's identity, so that its questions can be compared with them. */
function topicalEmbedder({ identity }: Embedder, topics: readonly Float32Array[], random: () => number): Embedder {
  return {
    identity,
    embed: async (texts) => texts.map(() => nearTopic(topics, random)),
    close: async () => {},
  }
}

function nearTopic(topics: readonly Float32Array[], random: () => number): Float32Array {
  const topic = topics[Math.floor(random() * topics.length)] ?? new Float32Array()
  const noise = randomVector(random, topic.length)
  return unit(topic.map((component, i) => component + 0.9 * (noise[i] ?? 0)))
}

function randomVector(random: () => number, dimension: number): Float32Array {
  // Box–Muller: normal components make directions even.
  return unit(
    Float32Array.from(
      { length: dimension },
      () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    ),
  )
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1
  return vector.map((component) => component / length)
}

function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
