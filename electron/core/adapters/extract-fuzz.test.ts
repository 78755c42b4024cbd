import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudyError } from '../errors.ts'
import { sniffMediaType } from '../ingest/sniff-media-type.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { DocumentExtractor } from '../ports.ts'
import { FUZZ_FORMATS, type FuzzFormat } from '../testing/fuzz-formats.ts'
import { seededRandom } from '../testing/mutate-bytes.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeExtractor } from './extract-worker.ts'
import { openArchive } from './yauzl-archive.ts'

/** `npm run test:fuzz` asks for 2,000; ABHYAS_FUZZ_FROM goes on from a file, whose number is its seed. */
const FILES = Number(process.env.ABHYAS_FUZZ_FILES ?? 30)
const FROM = Number(process.env.ABHYAS_FUZZ_FROM ?? 0)
const PAGE_TIMEOUT_MS = 5000
/** Opening and the pages of a file, each at its bound: none may take longer. */
const FILE_TIMEOUT_MS = 60_000
/** Beyond what the process held before, with every thread ended. */
const MOST_LEFT_BYTES = 400e6
/** The thread pool of libuv and V8's own helpers come up when first needed. */
const MOST_NEW_THREADS = 8

/** What became of a file: its pages by status, or the code it was refused with. */
async function outcomeOf(extractor: DocumentExtractor, path: string): Promise<string> {
  const stop = new AbortController()
  const overdue = setTimeout(() => stop.abort(new Error('overdue')), FILE_TIMEOUT_MS)
  try {
    const mediaType = await sniffMediaType(path, path, openArchive)
    let pages = 0
    for await (const event of extractor.extract({ path, mediaType, fromPage: 1 }, stop.signal)) {
      if (event.type === 'page') pages++
      // A page count may be damaged to thousands of missing pages; some of them tell all.
      if (pages >= 200) break
    }
    return 'read'
  } catch (error) {
    if (stop.signal.aborted) return 'hang'
    return error instanceof StudyError ? error.code : `thrown ${error}`
  } finally {
    clearTimeout(overdue)
  }
}

const threadCount = () => (process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0)
const workerCount = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length

async function fuzz(format: FuzzFormat, from: number, count: number, extractor: DocumentExtractor) {
  const seeds = await format.seeds()
  const path = join(temporaryFolder(), format.fileName)
  const counts: Record<string, number> = {}
  const wrong: string[] = []
  for (let seed = from; seed < from + count; seed++) {
    writeFileSync(path, format.mutate(seeds[seed % seeds.length] as Buffer, seededRandom(seed)))
    const outcome = await outcomeOf(extractor, path)
    counts[outcome] = (counts[outcome] ?? 0) + 1
    if (outcome === 'hang' || outcome === 'internal' || outcome.startsWith('thrown')) wrong.push(`${seed}: ${outcome}`)
  }
  return { counts, wrong }
}

describe('damaged files', () => {
  const formats = Object.entries(FUZZ_FORMATS)
  // Reading a text is over in no time: most of the files are of the formats that are parsed.
  const share = (name: string) => (name === 'markdown' ? 0.05 : 0.95 / (formats.length - 1))

  it.each(formats)(
    'are read or refused with a reason, within their bounds, leaving nothing behind: %s',
    async (name, format) => {
      const count = Math.ceil(FILES * share(name))
      const before = { threads: threadCount(), workers: workerCount() }
      const extractor = makeExtractor({ clock: systemClock, pageTimeoutMs: PAGE_TIMEOUT_MS })
      const startRss = process.memoryUsage.rss()
      const startMs = performance.now()
      const { counts, wrong } = await fuzz(format, FROM, count, extractor)
      await extractor.close()
      const after = { threads: threadCount(), workers: workerCount() }
      const leftBytes = process.memoryUsage.rss() - startRss
      console.log(
        `${name}: ${count} files in ${Math.round((performance.now() - startMs) / 1000)} s`,
        counts,
        `threads ${before.threads} → ${after.threads}, memory +${Math.round(leftBytes / 1e6)} MB`,
      )
      expect(wrong).toEqual([])
      expect(after.workers).toBeLessThanOrEqual(before.workers)
      expect(after.threads - before.threads).toBeLessThanOrEqual(MOST_NEW_THREADS)
      expect(leftBytes).toBeLessThan(MOST_LEFT_BYTES)
    },
    FILES * 5000 + 60_000,
  )
})
