import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentId } from '#contract/ids.ts'
import { makeChunker } from '#core/adapters/chunk-worker.ts'
import { makeExtractor } from '#core/adapters/extract-worker.ts'
import { openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import { type ChunkablePage, embeddedText } from '#core/ingest/chunk-text.ts'
import { makeImportJob } from '#core/ingest/import-document.ts'
import { keepPasswords } from '#core/ingest/keep-passwords.ts'
import { makeLibrary } from '#core/ingest/library.ts'
import { makeJobRunner } from '#core/jobs/job-runner.ts'
import { makeFeed } from '#core/ops/make-feed.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock as clock } from '#core/ops/system-clock.ts'
import { openLibraryIndex } from '#core/search/library-index.ts'
import { makeBlobStore } from '#core/store/blobs.ts'
import { openStore } from '#core/store/open-store.ts'
import { buildBookPdf } from '#core/testing/build-pdf.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { MODEL_DIR } from '#core/testing/model-dir.ts'
import { openArchive } from '../../electron/core/adapters/yauzl-archive.ts'
import type { BenchResult, BenchRow } from '../bench.ts'

const NEVER = new AbortController().signal
/** Without the corpus: about as many pages as the ten chapters have. */
const BUILT_PAGES = 200

/**
 * How fast documents are brought in, stage by stage with nothing beside it and then
 * end to end as the app does it, over the ten chapters of the textbook corpus
 * where it is present, else over a built book of 200 pages.
 */
export async function benchIngest(): Promise<BenchResult> {
  const dir = mkdtempSync(join(tmpdir(), 'abhyas-bench-'))
  const peak = watchMemory()
  try {
    const { name, paths } = await chooseFiles(dir)
    const rows: BenchRow[] = []
    const { pages, chunkTexts } = await measureStages(paths, rows)
    await measureImport(dir, paths, rows)
    rows.push({ metric: 'pages', value: pages, unit: 'pages' }, { metric: 'chunks', value: chunkTexts, unit: 'chunks' })
    rows.push({ metric: 'peak RSS', value: Math.round(peak.stop() / 1e6), unit: 'MB' })
    return { name: `ingest: ${name}`, rows }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function chooseFiles(dir: string): Promise<{ name: string; paths: string[] }> {
  const corpus = corpusFile('ncert-polity')
  if (corpus) {
    const paths = readdirSync(corpus)
      .filter((file) => file.endsWith('.pdf'))
      .sort()
      .map((file) => join(corpus, file))
    return { name: `${paths.length} textbook chapters`, paths }
  }
  const path = join(dir, 'A built book.pdf')
  writeFileSync(path, await buildBookPdf({ pageCount: BUILT_PAGES }))
  return { name: `a built book of ${BUILT_PAGES} pages`, paths: [path] }
}

/** Each stage by itself over all files, its threads warm. */
async function measureStages(paths: string[], rows: BenchRow[]): Promise<{ pages: number; chunkTexts: number }> {
  const extractor = makeExtractor({ clock })
  const chunker = makeChunker({ clock, modelDir: MODEL_DIR })
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  try {
    const extract = async (path: string) => {
      const pages: ChunkablePage[] = []
      for await (const event of extractor.extract({ path, mediaType: 'application/pdf', fromPage: 1 }, NEVER)) {
        if (event.type === 'page') pages.push({ ...event.page, status: event.status })
      }
      return pages
    }
    const [first = ''] = paths
    await chunker.chunk(await extract(first), NEVER)
    await embedder.embed(['warm', 'up'])

    const documents = await measure(rows, 'extract', 'pages', async () => {
      const all: ChunkablePage[][] = []
      for (const path of paths) all.push(await extract(path))
      return { result: all, count: all.flat().length }
    })
    const chunks = await measure(rows, 'chunk', 'pages', async () => {
      const all: string[] = []
      for (const pages of documents) all.push(...(await chunker.chunk(pages, NEVER)).map(embeddedText))
      return { result: all, count: documents.flat().length }
    })
    await measure(rows, 'embed', 'chunks', async () => {
      await embedder.embed(chunks)
      return { result: undefined, count: chunks.length }
    })
    return { pages: documents.flat().length, chunkTexts: chunks.length }
  } finally {
    await Promise.all([extractor.close(), chunker.close(), embedder.close()])
  }
}

/** The whole way from files to a searchable library, threads started anew. */
async function measureImport(dir: string, paths: string[], rows: BenchRow[]): Promise<void> {
  const ids = makeIds({ clock })
  const profileDir = join(dir, 'profile')
  const store = openStore({ profileDir })
  const blobs = makeBlobStore({ dir: join(profileDir, 'blobs'), ids })
  const extractor = makeExtractor({ clock })
  const chunker = makeChunker({ clock, modelDir: MODEL_DIR })
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  const index = await openLibraryIndex({ store, dir: profileDir, identity: embedder.identity })
  const passwords = keepPasswords()
  const changes = makeFeed<DocumentId[]>()
  const searchModel = () => ({ embedder, index })
  const parts = { store, blobs, clock, extractor, chunker, searchModel, changed: changes.publish, passwords }
  const jobs = makeJobRunner({ store, clock, ids }, [makeImportJob(parts)])
  const unlocker = extractor
  const libraryParts = { ...parts, ids, jobs, changes, openArchive, unlocker, sampleDir: dir, uploadsDir: dir }
  const library = makeLibrary(libraryParts)
  try {
    jobs.start()
    const delay = watchEventLoop()
    await measure(rows, 'end to end', 'pages', async () => {
      await library.importPaths({ paths })
      await jobs.whenIdle()
      const documents = library.list()
      const unread = documents.filter(({ status }) => status !== 'ready')
      if (unread.length > 0) throw new Error(`${unread.length} of ${documents.length} documents were not imported.`)
      return { result: undefined, count: documents.reduce((sum, { pageCount }) => sum + pageCount, 0) }
    })
    rows.push({ metric: 'longest hold-up of the main thread', value: Math.round(delay.stop()), unit: 'ms' })
  } finally {
    await jobs.stop()
    await Promise.all([extractor.close(), chunker.close(), embedder.close(), index.close()])
    store.close()
  }
}

async function measure<T>(
  rows: BenchRow[],
  stage: string,
  unit: 'pages' | 'chunks',
  work: () => Promise<{ result: T; count: number }>,
): Promise<T> {
  const cpu = process.cpuUsage()
  const startMs = performance.now()
  const { result, count } = await work()
  const wallMs = performance.now() - startMs
  const { user, system } = process.cpuUsage(cpu)
  rows.push(
    { metric: stage, value: round((count / wallMs) * 1000), unit: `${unit}/s` },
    { metric: `${stage}, CPU`, value: round((user + system) / 1000 / count), unit: `ms/${unit.slice(0, -1)}` },
  )
  return result
}

function watchMemory(): { stop(): number } {
  let peakBytes = process.memoryUsage.rss()
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }, 20)
  return {
    stop() {
      clearInterval(timer)
      return peakBytes
    },
  }
}

/** The longest time between two looks at the clock that should be 5 ms apart. */
function watchEventLoop(): { stop(): number } {
  let longestMs = 0
  let lastMs = performance.now()
  const timer = setInterval(() => {
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - lastMs - 5)
    lastMs = nowMs
  }, 5)
  return {
    stop() {
      clearInterval(timer)
      return longestMs
    },
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
