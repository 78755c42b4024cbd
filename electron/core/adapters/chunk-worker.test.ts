import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ChunkablePage, chunkText } from '../ingest/chunk-text.ts'
import { estimateTokens } from '../ingest/estimate-tokens.ts'
import { systemClock } from '../ops/system-clock.ts'
import { MODEL_DIR } from '../testing/model-dir.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { type ChunkerOptions, makeChunker } from './chunk-worker.ts'

const NEVER = new AbortController().signal

/** A chunker, and every thread that it started. */
function openChunker(options: Partial<ChunkerOptions> = {}) {
  const started: Worker[] = []
  const chunker = makeChunker({
    clock: systemClock,
    modelDir: MODEL_DIR,
    startWorker(workerData) {
      const worker = new Worker(workerUrl('chunk'), { workerData })
      started.push(worker)
      return worker
    },
    ...options,
  })
  onTestFinished(() => chunker.close())
  return { chunker, started }
}

function bookOf(subject: string, pageCount = 3): ChunkablePage[] {
  const text = `The ${subject} sits in the capital and hears every State. `.repeat(30).trim()
  return Array.from({ length: pageCount }, (_, index) => ({
    pageNumber: index + 1,
    status: 'text',
    text: `Page ${index + 1} of ${pageCount}. ${text}`,
    headings: [],
  }))
}

describe('makeChunker', () => {
  it('cuts several documents on one thread, each as if it were alone', async () => {
    const { chunker, started } = openChunker()
    const [courts, houses] = await Promise.all([
      chunker.chunk(bookOf('court'), NEVER),
      chunker.chunk(bookOf('house'), NEVER),
    ])
    expect(started).toHaveLength(1)
    expect(courts.length).toBeGreaterThan(3)
    expect(courts.every(({ text }) => text.includes('court'))).toBe(true)
    expect(houses).toEqual(await chunker.chunk(bookOf('house'), NEVER))
    expect(started).toHaveLength(1)
  })

  it('cuts a book as if it were sent whole', async () => {
    const pages = bookOf('court', 600)
    const { chunker } = openChunker({ modelDir: join(temporaryFolder(), 'none') })
    const chunks = await chunker.chunk(pages, NEVER)
    expect(chunks.length).toBeGreaterThan(1000)
    expect(chunks).toEqual(chunkText(pages, estimateTokens))
    expect(await chunker.chunk([], NEVER)).toEqual([])
  })

  it('stops a document at its turn and before it, and goes on with the next', async () => {
    const { chunker } = openChunker()
    const [first, second] = [new AbortController(), new AbortController()]
    const stopped = [chunker.chunk(bookOf('court', 200), first.signal), chunker.chunk(bookOf('house'), second.signal)]
    const third = chunker.chunk(bookOf('bench'), NEVER)
    second.abort()
    await expect(stopped[1]).rejects.toMatchObject({ code: 'cancelled' })
    first.abort()
    await expect(stopped[0]).rejects.toMatchObject({ code: 'cancelled' })
    expect((await third)[0]?.text).toContain('bench')
  })

  it('tells of a thread that dies, and starts another for the next document', async () => {
    const { chunker, started } = openChunker()
    const lost = chunker.chunk(bookOf('court', 200), NEVER)
    await expect.poll(() => started.length, { timeout: 30_000 }).toBe(1)
    await Promise.all([started[0]?.terminate(), expect(lost).rejects.toMatchObject({ code: 'internal' })])
    expect(await chunker.chunk(bookOf('house'), NEVER)).not.toEqual([])
    expect(started).toHaveLength(2)
  })

  it('measures by rule of thumb where there is no model', async () => {
    const { chunker } = openChunker({ modelDir: join(temporaryFolder(), 'none') })
    const pages = bookOf('court')
    expect(await chunker.chunk(pages, NEVER)).toEqual(chunkText(pages, estimateTokens))
    const { chunker: measured } = openChunker()
    expect(await measured.chunk(pages, NEVER)).not.toEqual(chunkText(pages, estimateTokens))
  })
})
