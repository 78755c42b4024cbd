import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { DocumentId } from '#contract/ids.ts'
import { makeChunker } from '../adapters/chunk-worker.ts'
import { makeExtractor } from '../adapters/extract-worker.ts'
import { makeRecogniser } from '../adapters/recognise-worker.ts'
import { openArchive } from '../adapters/yauzl-archive.ts'
import { makeImportJob } from '../ingest/import-document.ts'
import { keepPasswords } from '../ingest/keep-passwords.ts'
import { makeLibrary } from '../ingest/library.ts'
import { makeRecogniseJob, recogniseRequest } from '../ingest/recognise-document.ts'
import { type JobRunner, makeJobRunner } from '../jobs/job-runner.ts'
import { makeFeed } from '../ops/make-feed.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { Embedder, TextRecogniser } from '../ports.ts'
import { makeBlobStore } from '../store/blobs.ts'
import { openStore } from '../store/open-store.ts'
import { type CrashPlan, makeCrashPoints, withCrashPoints } from './crash-points.ts'
import { MODEL_DIR } from './model-dir.ts'
import { readSheet, scriptedRecogniser } from './scripted-recogniser.ts'
import { wordEmbedder } from './word-embedder.ts'

// A process of its own that imports files into a profile, to be killed: node import-process.ts '{"profileDir": …}'.
// Says on stdout what it is at: 'pages' after a commit of pages, 'vectors' before texts are embedded, 'recognise' before a
// page is read from its picture (by a script: see readSheet; or in truth); last the counts of its crash points.

export interface ImportProcessInput {
  profileDir: string
  files: string[]
  crash?: CrashPlan
  /** Added to the wall clock, so that the wait after a crash is over. */
  clockOffsetMs?: number
  /** Of the locked ones. */
  password?: string
  /** Pictures are really read. */
  recognises?: boolean
  /** Stands still before embedding or recognising for so many a time, until it is killed. */
  standBefore?: { what: string; times: number }
}

const {
  profileDir,
  files,
  crash,
  clockOffsetMs = 0,
  password,
  recognises,
  standBefore,
} = JSON.parse(process.argv[2] ?? '') as ImportProcessInput
const clock = { ...systemClock, nowMs: () => Date.now() + clockOffsetMs }
const points = makeCrashPoints(crash)
const ids = makeIds({ clock })
const store = withCrashPoints(openStore({ profileDir }), points)
const say = (what: string) => process.stdout.write(`${what}\n`)
let comeTo = 0
async function sayBefore(what: string): Promise<void> {
  say(what)
  if (what === standBefore?.what && ++comeTo === standBefore.times) await setTimeout(60_000)
}
const changes = makeFeed<DocumentId[]>()
const words = wordEmbedder()
const embedder: Embedder = {
  ...words,
  async embed(texts) {
    await sayBefore('vectors')
    points.reach('mid-effect') // some of the document's vectors are there, these are not
    return words.embed(texts)
  },
}
const blobs = makeBlobStore({ dir: join(profileDir, 'blobs'), ids })
const extractor = makeExtractor({ clock })
const passwords = keepPasswords()
const reading = {
  store,
  blobs,
  clock,
  chunker: makeChunker({ clock, modelDir: MODEL_DIR }),
  searchModel: () => ({ embedder, index: { catchUp: async () => {} } }),
  changed: () => say('pages'),
  passwords,
}
const reader = recognises ? makeRecogniser({ clock }) : scriptedRecogniser(readSheet)
const recogniser: TextRecogniser = {
  ...reader,
  async recognise(request, signal) {
    await sayBefore('recognise')
    return reader.recognise(request, signal)
  },
}
const importing = makeImportJob({
  ...reading,
  extractor,
  queueRecognition: (db, { id, title }) => void jobs.enqueue(db, recogniseRequest(id, title)),
})
const jobs: JobRunner = makeJobRunner({ store, clock, ids }, [
  {
    ...importing,
    run(payload, context) {
      points.reach('after-claim')
      return importing.run(payload, context)
    },
  },
  makeRecogniseJob({ ...reading, recogniser }),
])
const parts = { store, blobs, clock, ids, jobs, changes, openArchive, passwords, unlocker: extractor }
const library = makeLibrary({ ...parts, sampleDir: '', uploadsDir: '' })
jobs.start()
await library.importPaths({ paths: files })
await jobs.whenIdle()
if (password) {
  for (const { id } of library.list()) await library.unlock({ documentId: id, password })
  await jobs.whenIdle()
}
say(JSON.stringify(points.counts))
process.exit(0)
