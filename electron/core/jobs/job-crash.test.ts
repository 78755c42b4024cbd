import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../ops/system-clock.ts'
import { DATABASE_FILE, openStore } from '../store/open-store.ts'
import type { CrashJobsInput, CrashJobsOutput } from '../testing/crash-jobs.ts'
import { CRASH_POINTS, type CrashPlan, type CrashPoint } from '../testing/crash-points.ts'
import { seededRandom } from '../testing/mutate-bytes.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { heldJobs, settled } from '../testing/test-jobs.ts'
import { makeJobRunner } from './job-runner.ts'

const PROGRAM = fileURLToPath(new URL('../testing/crash-jobs.ts', import.meta.url))
const DAY_MS = 86_400_000
/** `npm run test:chaos` sets 200. */
const ROUNDS = Number(process.env.ABHYAS_CHAOS_ROUNDS ?? 10)
const SEED = Number(process.env.ABHYAS_CHAOS_SEED ?? 1)

interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  said: CrashJobsOutput[]
}

function start(input: CrashJobsInput): { child: ChildProcess; said: CrashJobsOutput[]; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(input)], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: CrashJobsOutput[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => said.push(JSON.parse(line) as CrashJobsOutput))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }) as Ended)
  return { child, said, ended }
}

/** Everything that must be the same however often the process died. */
function outcome(profileDir: string) {
  const client = new Database(`${profileDir}/${DATABASE_FILE}`)
  try {
    return {
      integrity: client.pragma('integrity_check', { simple: true }),
      effects: client
        .prepare('SELECT job, step, count(*) AS times FROM effects GROUP BY job, step ORDER BY 1, 2')
        .all(),
      jobs: client
        .prepare(
          `SELECT kind, key, state, cursor, attempts, lease, pending_children, failed_children, failure,
             (SELECT key FROM jobs AS parent WHERE parent.id = jobs.parent_id) AS parent
           FROM jobs ORDER BY kind, key`,
        )
        .all(),
      strangers: client.prepare('SELECT count(*) FROM jobs WHERE parent_id NOT IN (SELECT id FROM jobs)').pluck().get(),
    }
  } finally {
    client.close()
  }
}

describe('a process killed at any point', () => {
  it(`loses no job and does nothing twice (${ROUNDS} rounds from seed ${SEED})`, {
    timeout: ROUNDS * 30_000,
  }, async () => {
    const undisturbedDir = temporaryFolder()
    const whole = await start({ profileDir: undisturbedDir, work: 'books' }).ended
    expect(whole.code).toBe(0)
    const expected = outcome(undisturbedDir)
    expect(expected.effects).toHaveLength(3 * (4 * 2 + 1) + 9 * 2)
    expect(expected.effects.every((row) => (row as { times: number }).times === 1)).toBe(true)
    expect(expected.jobs).toHaveLength(12)
    const last = whole.said.at(-1)
    const counts = last?.type === 'idle' ? last.counts : undefined
    if (!counts) throw new Error('the undisturbed run said nothing')

    const killed = new Map<CrashPoint, number>()
    for (let round = 0; round < ROUNDS; round += 1) {
      const random = seededRandom(SEED * 1_000_003 + round)
      // Every point in turn for the first death, any for the second; a third in one place would make the job poison.
      const first = CRASH_POINTS[round % CRASH_POINTS.length] ?? 'after-claim'
      const second = CRASH_POINTS[Math.floor(random() * CRASH_POINTS.length)] ?? 'after-claim'
      const plans: CrashPlan[] = [first, ...(random() < 0.5 ? [second] : [])].map((point) => ({
        point,
        nth: 1 + Math.floor(random() * counts[point]),
      }))
      const profileDir = temporaryFolder()
      let end: Ended | undefined
      for (const [n, crash] of [...plans, undefined].entries()) {
        end = await start({ profileDir, work: 'books', clockOffsetMs: n * DAY_MS, ...(crash ? { crash } : {}) }).ended
        if (end.signal !== 'SIGKILL' || !crash) break
        killed.set(crash.point, (killed.get(crash.point) ?? 0) + 1)
      }
      const story = `round ${round} of seed ${SEED}: ${JSON.stringify(plans)}`
      expect(end, story).toMatchObject({ code: 0, signal: null })
      expect(outcome(profileDir), story).toEqual(expected)
    }
    // Else the rounds proved nothing.
    for (const point of CRASH_POINTS) expect(killed.get(point) ?? 0).toBeGreaterThanOrEqual(Math.floor(ROUNDS / 4))
  })

  it('three times by the same job sets that one aside, and every other goes on', { timeout: 120_000 }, async () => {
    const profileDir = temporaryFolder()
    const codes: (number | null)[] = []
    for (let n = 0; n < 6 && codes.at(-1) !== 0; n += 1) {
      codes.push((await start({ profileDir, work: 'poison', clockOffsetMs: n * DAY_MS }).ended).code)
    }
    expect(codes).toEqual([7, 7, 7, 0])
    const { jobs, effects } = outcome(profileDir)
    const states = Object.fromEntries(jobs.map((row) => Object.values(row as Record<string, string>).slice(1, 3)))
    expect(states).toEqual({ 1: 'done', 2: 'done', 3: 'done', 4: 'done', 5: 'done', poison: 'dead' })
    expect(effects.map((row) => (row as { times: number }).times)).toEqual([1, 1, 1, 1, 1])
  })
})

describe('two processes on one database', () => {
  /** A process that is in the middle of a job, and a runner of our own beside it. */
  async function beside(options: Partial<CrashJobsInput> = {}) {
    const profileDir = temporaryFolder()
    const other = start({ profileDir, work: 'hold', ...options })
    await until(() => other.said.some((line) => line.type === 'began'))
    const store = openStore({ profileDir })
    onTestFinished(() => store.close())
    const held = heldJobs('held')
    let ids = 0
    const runner = makeJobRunner({ store, clock: systemClock, ids: { next: () => `own-${++ids}` } }, [held])
    onTestFinished(() => runner.stop({ timeoutMs: 0 }))
    return { other, profileDir, store, held, runner }
  }

  it('the second is told so and nothing is touched; when the first is killed it may start at once', async () => {
    const { other, profileDir, held, runner } = await beside()
    const before = outcome(profileDir)
    expect(() => runner.start()).toThrow(expect.objectContaining({ code: 'profile-locked' }))
    expect(outcome(profileDir)).toEqual(before)
    other.child.kill('SIGKILL')
    await other.ended
    runner.start()
    await until(() => held.runs.length === 1)
    await held.bodyOf('held').end({ type: 'done' })
    await runner.whenIdle()
    expect(outcome(profileDir).jobs).toMatchObject([{ state: 'done', attempts: 1 }])
  })

  it('a process that was stopped longer than its lease, and not replaced, goes on as if nothing had been', async () => {
    const { other, profileDir, store } = await beside({ leaseMs: 300, heartbeatMs: 100 })
    other.child.kill('SIGSTOP')
    await until(() => expiresAtMs(store.file) < Date.now())
    other.child.kill('SIGCONT')
    await until(() => expiresAtMs(store.file) > Date.now())
    other.child.stdin?.end('\n')
    expect(await other.ended).toMatchObject({ code: 0 })
    expect(outcome(profileDir)).toMatchObject({
      effects: [{ job: 'held', step: 'by the first', times: 1 }],
      jobs: [{ state: 'done', attempts: 1 }],
    })
  })

  it('a process that was stopped and replaced finds its result fenced out when it is continued', async () => {
    const { other, profileDir, store, held, runner } = await beside({ leaseMs: 300, heartbeatMs: 100 })
    other.child.kill('SIGSTOP')
    await until(() => expiresAtMs(store.file) < Date.now())
    runner.start()
    await until(() => held.runs.length === 1)
    other.child.kill('SIGCONT')
    other.child.stdin?.end('\n')
    expect(await other.ended).toMatchObject({ code: 0 })
    const effects = "INSERT INTO effects (job, step) VALUES ('held', 'by the second')"
    await held.bodyOf('held').end({ type: 'done', effects: (db) => db.$client.exec(effects) })
    await runner.whenIdle()
    expect(outcome(profileDir)).toMatchObject({
      effects: [{ job: 'held', step: 'by the second', times: 1 }],
      jobs: [{ state: 'done', attempts: 1 }],
    })
  })
})

function expiresAtMs(file: string): number {
  const client = new Database(file, { readonly: true })
  const value = client.prepare('SELECT expires_at_ms FROM job_runner').pluck().get() as number
  client.close()
  return value
}

/** Looks again until it is so; the test's own timeout is the limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await settled()
    await systemClock.sleep(5)
  }
}
