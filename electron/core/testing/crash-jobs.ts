// Run by tests as a process of its own, so that it can be killed: node crash-jobs.ts '{"profileDir": …}'.
import { z } from 'zod'
import type { AnyJobDefinition, JobDefinition } from '../jobs/job-definition.ts'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { WriteDb } from '../store/connection.ts'
import { openStore } from '../store/open-store.ts'
import { type CrashPlan, type CrashPoints, makeCrashPoints, withCrashPoints } from './crash-points.ts'

export interface CrashJobsInput {
  profileDir: string
  /** books: imports with pages and chapters · poison: one of them ends the process · hold: one job that ends when stdin does. */
  work: 'books' | 'poison' | 'hold'
  /** Added to the wall clock, so that the wait after a crash is over. */
  clockOffsetMs?: number
  crash?: CrashPlan
  leaseMs?: number
  heartbeatMs?: number
}

/** Told on stdout, a line of JSON each. */
export type CrashJobsOutput = { type: 'began' } | { type: 'idle'; counts: CrashPoints['counts'] }

const CHAPTERS = 3
const PAGES = 4

/** What a job did, to be found once each: no constraint hides a second time. */
function effect(db: WriteDb, job: string, step: string): void {
  db.$client.prepare('INSERT INTO effects (job, step) VALUES (?, ?)').run(job, step)
}

const input = JSON.parse(process.argv[2] ?? '') as CrashJobsInput
const points = makeCrashPoints(input.crash)
const store = withCrashPoints(openStore({ profileDir: input.profileDir }), points)
const clock = { ...systemClock, nowMs: () => Date.now() + (input.clockOffsetMs ?? 0) }
const tell = (line: CrashJobsOutput) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Pages step by step, then a child a chapter, then the rest when they are done. */
const book: JobDefinition<string, number> = {
  kind: 'book',
  payload: z.string(),
  cursor: z.number(),
  limit: 2,
  priority: 0,
  maxAttempts: 2,
  async run(title, context) {
    points.reach('after-claim')
    for (let page = (context.cursor ?? 0) + 1; page <= PAGES; page += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      const write = (db: WriteDb) => {
        effect(db, title, `page ${page}, text`)
        points.reach('mid-effect')
        effect(db, title, `page ${page}, boxes`)
      }
      context.commit(write, page)
    }
    if ((context.cursor ?? 0) <= PAGES) {
      const enqueue = (db: WriteDb) => {
        for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
          const name = `${title}, chapter ${chapter}`
          runner.enqueue(db, { kind: 'chapter', key: name, payload: name, title: name, parentId: context.jobId })
        }
      }
      context.commit(enqueue, PAGES + 1)
      return { type: 'wait' }
    }
    return { type: 'done', effects: (db) => effect(db, title, 'done') }
  },
}

const chapter: JobDefinition<string> = {
  kind: 'chapter',
  payload: z.string(),
  cursor: z.unknown(),
  limit: 3,
  priority: 1,
  maxAttempts: 2,
  async run(name, { attempt }) {
    points.reach('after-claim')
    await new Promise((resolve) => setImmediate(resolve))
    if (attempt === 1 && name.endsWith('2')) throw new Error('every second chapter needs a second try')
    const effects = (db: WriteDb) => {
      effect(db, name, 'summary')
      points.reach('mid-effect')
      effect(db, name, 'keywords')
    }
    return { type: 'done', effects }
  },
}

const page: JobDefinition<string> = {
  kind: 'page',
  payload: z.string(),
  cursor: z.unknown(),
  limit: 3,
  priority: 0,
  maxAttempts: 1,
  async run(name) {
    if (name === 'poison') process.exit(7)
    await new Promise((resolve) => setImmediate(resolve))
    return { type: 'done', effects: (db) => effect(db, name, 'read') }
  },
}

const held: JobDefinition<string> = {
  kind: 'held',
  payload: z.string(),
  cursor: z.unknown(),
  limit: 1,
  priority: 0,
  maxAttempts: 1,
  async run(name) {
    tell({ type: 'began' })
    for await (const _ of process.stdin) break
    return { type: 'done', effects: (db) => effect(db, name, 'by the first') }
  },
}

const WORK: Record<CrashJobsInput['work'], { definitions: AnyJobDefinition[]; kind: string; payloads: string[] }> = {
  books: { definitions: [book, chapter], kind: 'book', payloads: ['Polity', 'History', 'Geography'] },
  poison: { definitions: [page], kind: 'page', payloads: ['1', 'poison', '2', '3', '4', '5'] },
  hold: { definitions: [held], kind: 'held', payloads: ['held'] },
}

const { definitions, kind, payloads } = WORK[input.work]
const tuning = { leaseMs: input.leaseMs ?? 60_000, heartbeatMs: input.heartbeatMs ?? 15_000 }
const runner = makeJobRunner({ store, clock, ids: makeIds({ clock }), tuning }, definitions)
// Once, however often the process is started: the table's making and the requests are one transaction.
store.transaction((db) => {
  const made = db.$client.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'effects'").get()
  if (made) return
  db.$client.exec('CREATE TABLE effects (seq INTEGER PRIMARY KEY, job TEXT NOT NULL, step TEXT NOT NULL)')
  for (const payload of payloads) runner.enqueue(db, { kind, key: payload, payload, title: payload })
})
runner.start()
// What fails waits some seconds for its next try: here the person presses "retry" at once.
for (;;) {
  await runner.whenIdle()
  const waiting = runner.list({ states: ['queued'] })
  if (waiting.length === 0) break
  for (const job of waiting) runner.retry(job.id)
}
await runner.stop()
tell({ type: 'idle', counts: points.counts })
store.close()
process.exit(0)
