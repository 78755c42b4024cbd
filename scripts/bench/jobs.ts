import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { claimJobs } from '#core/jobs/claim-jobs.ts'
import type { AnyJobDefinition, JobDefinition } from '#core/jobs/job-definition.ts'
import { makeJobRunner } from '#core/jobs/job-runner.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import { changeJob } from '#core/store/jobs.rows.ts'
import { openStore, type Store } from '#core/store/open-store.ts'

interface Row {
  metric: string
  value: number
  unit: string
}

/**
 * The job runner on a real database with synchronous=FULL: how many jobs that do nothing it gets through, what one
 * costs when nothing else can share its transactions, and how long a claim takes behind a long queue.
 */
export async function benchJobs(): Promise<{ name: string; rows: Row[] }> {
  return {
    name: 'jobs',
    rows: [
      ...(await measureThroughput({ limit: 64, count: 30_000 })),
      ...(await measureThroughput({ limit: 4, count: 50_000 })),
      ...(await measureThroughput({ limit: 1, count: 3_000 })),
      ...measureClaims({ waiting: 50_000, claims: 2_000 }),
    ],
  }
}

const clock = systemClock
const ids = makeIds({ clock })

function emptyJob(kind: string, limit: number): JobDefinition<number> {
  return {
    kind,
    payload: z.number(),
    cursor: z.unknown(),
    limit,
    priority: 0,
    maxAttempts: 1,
    run: () => Promise.resolve({ type: 'done' }),
  }
}

async function measureThroughput({ limit, count }: { limit: number; count: number }): Promise<Row[]> {
  return await withStore(async (store) => {
    const runner = makeJobRunner({ store, clock, ids, tuning: { mostRunning: limit } }, [emptyJob('empty', limit)])
    store.transaction((db) => {
      for (let n = 0; n < count; n += 1) runner.enqueue(db, { kind: 'empty', key: `${n}`, payload: n, title: `${n}` })
    })
    const startMs = performance.now()
    runner.start()
    await runner.whenIdle()
    const tookMs = performance.now() - startMs
    const left = runner.list({ states: ['queued', 'running', 'failed', 'dead'], limit: 1 }).length
    await runner.stop()
    if (left > 0) throw new Error('not every job was done')
    return [
      { metric: `empty jobs, ${limit} at once`, value: (count / tookMs) * 1000, unit: 'jobs/s' },
      { metric: `one empty job, ${limit} at once`, value: tookMs / count, unit: 'ms' },
    ]
  })
}

/** One claim and one completion, each its own durable transaction, behind a queue that stays as long as it is. */
function measureClaims({ waiting, claims }: { waiting: number; claims: number }): Row[] {
  return withStore((store) => {
    const definitions: AnyJobDefinition[] = ['import', 'read-scans', 'make-quiz'].map((kind) => emptyJob(kind, 1))
    const runner = makeJobRunner({ store, clock, ids }, definitions)
    store.transaction((db) => {
      for (let n = 0; n < waiting; n += 1) {
        const kind = definitions[n % definitions.length]?.kind ?? ''
        runner.enqueue(db, { kind, key: `${n}`, payload: n, title: `${n}`, priority: n % 7 })
      }
    })
    const kinds = new Map(definitions.map(({ kind, limit }) => [kind, limit]))
    const inTransactionMs: number[] = []
    const durableMs: number[] = []
    for (let n = 0; n < claims; n += 1) {
      const startMs = performance.now()
      const claimed = store.transaction((db) => {
        const beganMs = performance.now()
        const rows = claimJobs(db, { kinds, slots: 1, suspect: true }, { lease: `bench/${n}`, nowMs: clock.nowMs() })
        inTransactionMs.push(performance.now() - beganMs)
        return rows
      })
      durableMs.push(performance.now() - startMs)
      if (claimed.length !== 1) throw new Error('a claim took none or more than one')
      store.transaction((db) => {
        for (const row of claimed) changeJob(db, row, { state: 'queued', lease: null })
      })
    }
    const claimMs = durableMs.reduce((sum, tookMs) => sum + tookMs, 0)
    return [
      { metric: `claims behind ${waiting} of 3 kinds`, value: (claims / claimMs) * 1000, unit: 'claims/s' },
      { metric: `claim behind ${waiting} of 3 kinds, p50`, value: quantile(durableMs, 0.5), unit: 'ms' },
      { metric: `claim behind ${waiting} of 3 kinds, p95`, value: quantile(durableMs, 0.95), unit: 'ms' },
      { metric: `the same before its fsync, p95`, value: quantile(inTransactionMs, 0.95), unit: 'ms' },
    ]
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function withStore<T>(measure: (store: Store) => T): T {
  const profileDir = mkdtempSync(join(tmpdir(), 'abhyas-bench-'))
  const store = openStore({ profileDir })
  const close = () => {
    store.close()
    rmSync(profileDir, { recursive: true, force: true })
  }
  const result = measure(store)
  if (result instanceof Promise) return result.finally(close) as T
  close()
  return result
}
