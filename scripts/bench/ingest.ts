import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { DocumentId } from '#contract/ids.ts'
import { makeCheckpointer } from '#core/adapters/checkpoint-worker.ts'
import { makeChunker } from '#core/adapters/chunk-worker.ts'
import { makeExtractor } from '#core/adapters/extract-worker.ts'
import { openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import { embedPassages } from '#core/embedding/embed-passages.ts'
import { type ChunkablePage, embeddedText } from '#core/ingest/chunk-text.ts'
import { makeImportJob } from '#core/ingest/import-document.ts'
import { keepPasswords } from '#core/ingest/keep-passwords.ts'
import { makeLibrary } from '#core/ingest/library.ts'
import { makeJobRunner } from '#core/jobs/job-runner.ts'
import { boundHeap } from '#core/ops/bound-heap.ts'
import { makeFeed } from '#core/ops/make-feed.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock as clock } from '#core/ops/system-clock.ts'
import { openLibraryIndex } from '#core/search/library-index.ts'
import { makeBlobStore } from '#core/store/blobs.ts'
import { DATABASE_FILE, openStore } from '#core/store/open-store.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { MODEL_DIR } from '#core/testing/model-dir.ts'
import { openArchive } from '../../electron/core/adapters/yauzl-archive.ts'
import type { BenchResult, BenchRow } from '../bench.ts'

const NEVER = new AbortController().signal
const BOOK_PAGES = 1000

/**
 * How fast documents are brought in, stage by stage with nothing beside it, then
 * end to end as the app does it, and beside poppler's pdftotext: over the ten
 * chapters of the textbook corpus where it is present, and over a built book of
 * 1,000 pages.
 */
export async function benchIngest(): Promise<BenchResult> {
  boundHeap()
  const dir = mkdtempSync(join(tmpdir(), 'abhyas-bench-'))
  const peak = watchMemory()
  const rows: BenchRow[] = []
  try {
    for (const { name, paths } of await chooseFiles(dir)) {
      const measured: BenchRow[] = []
      const pages = await measureStages(paths, measured)
      await measureImport(mkdtempSync(join(dir, 'profile-')), paths, measured)
      measureReference(paths, pages, measured)
      compare(measured)
      rows.push(...measured.map((row) => ({ ...row, metric: `${name}: ${row.metric}` })))
    }
    rows.push({ metric: 'peak RSS', value: Math.round(peak.stop() / 1e6), unit: 'MB' })
    return { name: 'ingest', rows }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function chooseFiles(dir: string): Promise<{ name: string; paths: string[] }[]> {
  const book = join(dir, 'A built book.pdf')
  // By a process of its own: what building a book takes is no part of what reading it takes.
  execFileSync(process.execPath, [
    fileURLToPath(new URL('made-library/write-book.ts', import.meta.url)),
    book,
    String(BOOK_PAGES),
  ])
  const corpus = corpusFile('ncert-polity')
  const chapters = readdirSync(corpus ?? dir)
    .filter((file) => corpus && file.endsWith('.pdf'))
    .sort()
    .map((file) => join(corpus ?? '', file))
  return [
    ...(chapters.length > 0 ? [{ name: 'chapters', paths: chapters }] : []),
    { name: `book of ${BOOK_PAGES}`, paths: [book] },
  ]
}

/** What poppler takes for the same pages, by the shell's own clock of its children. */
function measureReference(paths: string[], pages: number, rows: BenchRow[]): void {
  let cpuMs = 0
  for (const path of paths) {
    const script = 'TIMEFORMAT="%U %S"; time pdftotext "$0" /dev/null 2>/dev/null'
    const { error, status, stderr } = spawnSync('bash', ['-c', script, path], { encoding: 'utf8' })
    if (error || status !== 0) {
      console.warn('pdftotext is not installed here (package poppler-utils): nothing is compared with it')
      return
    }
    for (const seconds of stderr.trim().split(/\s+/)) cpuMs += Number(seconds) * 1000
  }
  rows.push({ metric: 'pdftotext, CPU', value: round(cpuMs / pages), unit: 'ms/page' })
}

/** The goals, as ratios: they hold on a busy machine too. */
function compare(rows: BenchRow[]): void {
  const figure = (metric: string) => rows.find((row) => row.metric === metric)?.value
  const [extract = 0, chunk = 0, embed = 0, pages = 1, chunks = 0, whole = 0, reference] = [
    figure('extract, CPU'),
    figure('chunk, CPU'),
    figure('embed, CPU'),
    figure('pages read'),
    figure('chunks embedded'),
    figure('end to end, CPU'),
    figure('pdftotext, CPU'),
  ]
  const stages = extract + chunk + (embed * chunks) / pages
  if (reference) {
    rows.push({ metric: 'extract, CPU against pdftotext (goal 3)', value: round(extract / reference), unit: 'times' })
  }
  rows.push({
    metric: 'end to end, CPU above its stages (goal 20)',
    value: round((whole / stages - 1) * 100),
    unit: '%',
  })
}

/** Each stage by itself over all files, its threads warm. */
async function measureStages(paths: string[], rows: BenchRow[]): Promise<number> {
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
    await embedPassages(embedder, ['warm', 'up'], { priority: 'bulk' })

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
      await embedPassages(embedder, chunks, { priority: 'bulk' })
      return { result: undefined, count: chunks.length }
    })
    const pages = documents.flat().length
    rows.push(
      { metric: 'pages read', value: pages, unit: 'pages' },
      { metric: 'chunks embedded', value: chunks.length, unit: 'chunks' },
    )
    return pages
  } finally {
    await Promise.all([extractor.close(), chunker.close(), embedder.close()])
  }
}

/** The whole way from files to a searchable library, threads started anew. */
async function measureImport(dir: string, paths: string[], rows: BenchRow[]): Promise<void> {
  const ids = makeIds({ clock })
  const profileDir = join(dir, 'profile')
  const checkpointer = makeCheckpointer({ clock, databaseFile: join(profileDir, DATABASE_FILE) })
  const store = openStore({ profileDir, committed: checkpointer.committed })
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
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    await measure(rows, 'end to end', 'pages', async () => {
      await library.importPaths({ paths })
      await jobs.whenIdle()
      const documents = library.list()
      const unread = documents.filter(({ status }) => status !== 'ready')
      if (unread.length > 0) throw new Error(`${unread.length} of ${documents.length} documents were not imported.`)
      return { result: undefined, count: documents.reduce((sum, { pageCount }) => sum + pageCount, 0) }
    })
    delay.disable()
    rows.push(
      { metric: 'event loop, longest hold-up (goal 50)', value: round(delay.max / 1e6), unit: 'ms' },
      { metric: 'event loop, 99 % below', value: round(delay.percentile(99) / 1e6), unit: 'ms' },
    )
  } finally {
    await jobs.stop()
    await Promise.all([extractor.close(), chunker.close(), embedder.close(), index.close(), checkpointer.close()])
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

function round(value: number): number {
  return Math.round(value * 10) / 10
}
