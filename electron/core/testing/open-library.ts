import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DocumentId } from '#contract/ids.ts'
import { makeExtractor } from '../adapters/extract-worker.ts'
import { openArchive } from '../adapters/yauzl-archive.ts'
import { type ImportParts, makeImportJob } from '../ingest/import-document.ts'
import { makeLibrary } from '../ingest/library.ts'
import { makeRecogniseJob, recogniseRequest } from '../ingest/recognise-document.ts'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeFeed } from '../ops/make-feed.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { TextRecogniser } from '../ports.ts'
import { openImport } from './open-import.ts'

interface OpenLibraryOptions {
  /** A profile that is there already. */
  profileDir?: string
  /** Reads scans; without one they stay as they are. */
  recogniser?: TextRecogniser
  /** From `shareReaders`; else the library has threads of its own. */
  readers?: Pick<ImportParts, 'extractor' | 'chunker'>
  /** What the import does otherwise. */
  importing?: (parts: ImportParts) => Partial<ImportParts>
}

/** A whole library in a profile of its own; its jobs wait for `jobs.start()`. Call inside a test. */
export function openLibrary(options: OpenLibraryOptions = {}) {
  const { profileDir: givenDir, recogniser, readers, importing = () => ({}) } = options
  const changes = makeFeed<DocumentId[]>()
  const { parts, profileDir } = openImport({
    changed: changes.publish,
    ...(givenDir && { profileDir: givenDir }),
    ...readers,
    ...(recogniser && {
      queueRecognition: (db, { id, title }) => void jobs.enqueue(db, recogniseRequest(id, title)),
    }),
  })
  const { store, blobs, passwords } = parts
  let laterMs = 0
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + laterMs }
  const ids = makeIds({ clock })
  const jobs = makeJobRunner({ store, clock: systemClock, ids }, [
    makeImportJob({ ...parts, ...importing(parts) }),
    ...(recogniser ? [makeRecogniseJob({ ...parts, recogniser })] : []),
  ])
  onTestFinished(() => jobs.stop())
  const sampleDir = join(profileDir, 'sample')
  const uploadsDir = join(profileDir, 'uploads')
  for (const dir of [sampleDir, uploadsDir]) mkdirSync(dir, { recursive: true })
  const unlocker = makeExtractor({ clock, idleMs: 1 })
  onTestFinished(() => unlocker.close())
  const library = makeLibrary({
    store,
    blobs,
    clock,
    ids,
    jobs,
    changes,
    openArchive,
    unlocker,
    passwords,
    sampleDir,
    uploadsDir,
    ...(recogniser && { recogniser }),
  })
  return {
    library,
    jobs,
    store,
    blobs,
    passwords,
    profileDir,
    sampleDir,
    uploadsDir,
    /** Lets time pass and does what a start of the app does then. */
    async purge(durationMs: number) {
      laterMs += durationMs
      await library.keepPurging(AbortSignal.abort()).catch(() => {})
    },
  }
}

/** The same with its jobs running. */
export function openRunningLibrary(options: OpenLibraryOptions = {}) {
  const opened = openLibrary(options)
  opened.jobs.start()
  return opened
}
