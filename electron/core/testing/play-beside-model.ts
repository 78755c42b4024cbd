import { expect } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { JobResult } from '../jobs/job-definition.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { JobModel } from './job-model.ts'
import { MINUTE, MODEL_KINDS, MODEL_TUNING, type ModelKindName, type Operation } from './job-operations.ts'
import { manualClock } from './manual-clock.ts'
import type { ModelBody, ModelJob, ModelVerdict } from './model-job.ts'
import { type HeldJobs, type HeldRun, heldJobs, settled, type TestJobs, testJobs } from './test-jobs.ts'

const NAMES = Object.keys(MODEL_KINDS) as ModelKindName[]

/**
 * Plays the operations on a real runner and on the reference model side by side, and compares them after each: every row,
 * everything that bodies wrote, which bodies began and which were told to stop. Then with nothing in the way any more, until
 * all jobs have ended. `store` holds no jobs and a table `effects (seq, what)`.
 */
export async function playBesideModel(store: Store, operations: readonly Operation[]): Promise<void> {
  const clock = manualClock()
  const model = new JobModel(MODEL_KINDS, MODEL_TUNING, clock.nowMs())
  const real = new Map<ModelBody, HeldRun>()
  const returned = new Set<ModelBody>()
  let kinds: Record<ModelKindName, HeldJobs>
  let jobs: TestJobs
  const define = () => {
    kinds = Object.fromEntries(NAMES.map((name) => [name, heldJobs(name, MODEL_KINDS[name])])) as Record<
      ModelKindName,
      HeldJobs
    >
    return NAMES.map((name) => kinds[name])
  }
  const all: HeldRun[] = []

  /** Lets both act, and holds them against each other. */
  async function compare(after: unknown): Promise<void> {
    await settled()
    const began = model.round()
    const story = JSON.stringify(after)
    const newRuns = NAMES.flatMap((name) => kinds[name].runs).filter((run) => !all.includes(run))
    expect(newRuns.map(({ jobId }) => jobId).sort(), `bodies that began after ${story}`).toEqual(
      began.map(({ job }) => job.id).sort(),
    )
    for (const body of began) {
      const run = newRuns.find(({ jobId }) => jobId === body.job.id)
      if (run) real.set(body, run)
    }
    all.push(...newRuns)
    expect(readRows(store), `the rows after ${story}`).toEqual(model.jobs.map(rowOf))
    expect(readEffects(store), `what was written after ${story}`).toEqual(model.effects)
    for (const [body, run] of real) {
      if (!body.ghost) expect(run.context.signal.aborted, `abort of ${body.job.id} after ${story}`).toBe(body.aborted)
    }
  }

  /** Bodies that have not returned, those of runners that are no more among them. */
  const atWork = () => [...real.keys()].filter((body) => !returned.has(body))
  const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)]

  /** One transaction of a body; both must take it or both refuse it. */
  function commit(body: ModelBody, work: (db: WriteDb) => void, then: () => void): void {
    const run = real.get(body)
    const owns = !body.ghost && model.owns(body)
    const cursor = body.job.cursor + 1
    const act = () =>
      run?.context.commit((db) => {
        writeEffect(db, `${body.job.id} step ${cursor}`)
        work(db)
      }, cursor)
    if (!owns) {
      expect(act).toThrow(expect.objectContaining({ code: 'cancelled' }))
      return
    }
    act()
    model.step(body)
    then()
  }

  async function act(operation: Operation): Promise<void> {
    switch (operation.do) {
      case 'enqueue': {
        const { kind, key, priority, delayMs } = operation
        const options = { ...(priority === undefined ? {} : { priority }), delayMs }
        const request = { kind, key, payload: key, title: key, runAtMs: clock.nowMs() + delayMs, ...options }
        if (operation.undone) {
          const undo = () =>
            store.transaction((db) => {
              jobs.runner.enqueue(db, request)
              throw new Error('the caller thought better of it')
            })
          expect(undo).toThrow('thought better')
          return
        }
        const { jobId, created } = store.transaction((db) => jobs.runner.enqueue(db, request))
        jobs.runner.wake()
        const known = model.unfinished(kind, key)
        expect(created, `${kind} ${key} is ${known ? 'there' : 'new'}`).toBe(known === undefined)
        expect(model.enqueue(kind, key, jobId, options).id).toBe(jobId)
        return
      }
      case 'children': {
        const body = pick(atWork(), operation.nth)
        if (!body) return
        const made: { jobId: JobId; key: string }[] = []
        const request = (db: WriteDb) => {
          for (const key of operation.keys) {
            const { kind } = operation
            const { jobId } = jobs.runner.enqueue(db, { kind, key, payload: key, title: key, parentId: body.job.id })
            made.push({ jobId, key })
          }
        }
        commit(body, request, () => {
          for (const { jobId, key } of made) model.enqueue(operation.kind, key, jobId, { parent: body.job })
        })
        return
      }
      case 'step': {
        const body = pick(atWork(), operation.nth)
        if (body)
          commit(
            body,
            () => undefined,
            () => undefined,
          )
        return
      }
      case 'end': {
        const body = pick(atWork(), operation.nth)
        const run = body && real.get(body)
        if (!body || !run) return
        returned.add(body)
        const { verdict } = operation
        if (verdict.type === 'throw') await run.fail(new Error('by chance'))
        else if (verdict.type === 'busy') await run.fail(Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' }))
        else await run.end(resultOf(verdict, body.job))
        model.end(body, verdict)
        return
      }
      case 'cancel':
      case 'retry': {
        const job = pick(model.jobs, operation.nth)
        if (!job) return
        jobs.runner[operation.do](job.id)
        model[operation.do](job)
        return
      }
      case 'retry with its parent': {
        const child = pick(
          model.jobs.filter(({ parent }) => parent && model.jobs.includes(parent)),
          operation.nth,
        )
        for (const job of [child, child?.parent]) {
          if (!job) return
          jobs.runner.retry(job.id)
          model.retry(job)
        }
        return
      }
      case 'pause':
        jobs.runner.pauseAll()
        model.pause()
        return
      case 'resume':
        jobs.runner.resumeAll()
        model.paused = false
        return
      case 'hold':
        releases.push({ kind: operation.kind, release: jobs.runner.hold([operation.kind]) })
        model.hold(operation.kind)
        return
      case 'let go': {
        const index = releases.findIndex(({ kind }) => kind === operation.kind)
        if (index < 0) return
        releases.splice(index, 1)[0]?.release()
        model.letGo(operation.kind)
        return
      }
      case 'advance':
        clock.advance(operation.durationMs)
        await settled()
        jobs.runner.wake()
        model.advance(operation.durationMs)
        return
      case 'set the clock':
        clock.setWall(clock.nowMs() + operation.byMs)
        jobs.runner.wake()
        model.nowMs += operation.byMs
        return
      case 'crash':
      case 'restart': {
        releases = []
        if (operation.do === 'crash') jobs.crash()
        else {
          const stopped = jobs.runner.stop({ timeoutMs: 0 })
          clock.advance(0)
          await stopped
        }
        jobs = jobs.restart(define())
        jobs.runner.start()
        model[operation.do]()
        return
      }
    }
  }

  let releases: { kind: string; release: () => void }[] = []
  jobs = testJobs(define(), { store, clock, tuning: MODEL_TUNING })
  jobs.runner.start()
  await compare('the start')
  for (const operation of operations) {
    await act(operation)
    await compare(operation)
  }
  await playToTheEnd()

  /** With nothing in its way any more, every job comes to an end: none is lost or waits for ever. */
  async function playToTheEnd(): Promise<void> {
    await act({ do: 'resume' })
    while (releases.length > 0) await act({ do: 'let go', kind: releases[0]?.kind as ModelKindName })
    await compare('nothing is in the way')
    for (let turn = 0; model.jobs.some((job) => !isOver(job)); turn += 1) {
      expect(turn, `unfinished: ${JSON.stringify(model.jobs.filter((job) => !isOver(job)).map(rowOf))}`).toBeLessThan(
        200,
      )
      for (const body of atWork()) {
        const run = real.get(body)
        returned.add(body)
        await run?.end(resultOf({ type: 'done' }, body.job))
        model.end(body, { type: 'done' })
        await compare('the end of each body')
      }
      for (const [index, job] of model.jobs.entries()) {
        if (job.state === 'parked') await act({ do: 'retry', nth: index })
      }
      await compare('the retry of what was parked')
      await act({ do: 'advance', durationMs: 30 * MINUTE })
      await compare('half an hour')
    }
  }
}

const OVER: readonly string[] = ['done', 'failed', 'dead', 'cancelled']
const isOver = ({ state }: ModelJob) => OVER.includes(state)

function resultOf(verdict: ModelVerdict, job: ModelJob): JobResult {
  const error = new StudyError('file-damaged', 'by chance')
  switch (verdict.type) {
    case 'done':
    case 'failed': {
      const effects = (db: WriteDb) => writeEffect(db, `${job.id} ${verdict.type}`)
      return verdict.type === 'done' ? { type: 'done', effects } : { type: 'failed', error, effects }
    }
    case 'wait':
      return { type: 'wait' }
    case 'park':
      return { type: 'park', error }
    case 'snooze':
      return { type: 'snooze', error, afterMs: verdict.afterMs }
    case 'retry':
      return { type: 'retry', error, ...(verdict.afterMs === undefined ? {} : { afterMs: verdict.afterMs }) }
    default:
      throw new Error(`${verdict.type} is thrown, not returned`)
  }
}

function writeEffect(db: WriteDb, what: string): void {
  db.$client.prepare('INSERT INTO effects (what) VALUES (?)').run(what)
}

function readEffects(store: Store): unknown[] {
  return store.reader.$client.prepare('SELECT what FROM effects ORDER BY seq').pluck().all()
}

const ROW = `SELECT id, kind, key, state, lease IS NOT NULL AS running, is_due AS due, run_at_ms AS runAtMs,
  delay_ms AS delayMs, attempts, crash_count AS crashes, coalesce(cursor, 0) AS cursor, pending_children AS pending,
  failed_children AS failed, after_children AS after, finished_at_ms AS finishedAtMs, parent_id AS parent FROM jobs ORDER BY seq`

function readRows(store: Store): unknown[] {
  const rows = store.reader.$client.prepare(ROW).all() as { due: number; running: number; cursor: unknown }[]
  return rows.map((row) => ({ ...row, due: row.due === 1, running: row.running === 1, cursor: Number(row.cursor) }))
}

function rowOf(job: ModelJob) {
  const { id, kind, key, state, due, runAtMs, delayMs, attempts, crashes, cursor, pending, failed, after } = job
  const rest = {
    finishedAtMs: job.finishedAtMs ?? null,
    parent: job.parent?.id ?? null,
    running: job.claim !== undefined,
  }
  return { id, kind, key, state, due, runAtMs, delayMs, attempts, crashes, cursor, pending, failed, after, ...rest }
}
