import { describe, expect, it } from 'vitest'
import { StudyError } from '../errors.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

const DAY_MS = 86_400_000

describe.each([
  ['back', -DAY_MS],
  ['forward', DAY_MS],
])('a wall clock set %s by a day', (direction, jumpMs) => {
  it('holds up neither what is due nor a retry, and loses no lease', async () => {
    const held = heldJobs('import', { limit: 2 })
    const quiz = heldJobs('quiz')
    const { runner, clock, row, enqueue, advance } = testJobs([held, quiz])
    runner.start()
    const retried = await enqueue('import', 'retried')
    await held.bodyOf('retried').end({ type: 'retry', error: new StudyError('internal', 'again'), afterMs: 20_000 })
    const snoozed = await enqueue('quiz', 'snoozed')
    await quiz.bodyOf('snoozed').end({ type: 'snooze', error: new StudyError('model-busy', 'busy'), afterMs: 40_000 })

    clock.setWall(clock.nowMs() + jumpMs)
    const due = await enqueue('import', 'due')
    expect(row(due).state).toBe('running')
    await advance(15_000) // the heartbeat looks at the clock
    expect(row(due).state).toBe('running')
    await held.bodyOf('due').end({ type: 'done' })
    const job = runner.get(due)
    expect(job?.finishedAtMs).toBeGreaterThanOrEqual(job?.startedAtMs ?? Number.POSITIVE_INFINITY)

    // Each waits no longer than was meant: from now on where the clock went back, not at all where the time is past.
    await advance(direction === 'back' ? 20_000 : 0)
    expect(row(retried).state).toBe('running')
    await advance(direction === 'back' ? 20_000 : 0)
    expect(row(snoozed).state).toBe('running')
    expect(runner.get(retried)?.attempts).toBe(2)
  })

  it('while the app was closed holds up nothing either', async () => {
    const held = heldJobs('import')
    const before = testJobs([held])
    before.runner.start()
    const retried = await before.enqueue('import', 'retried')
    await held.bodyOf('retried').end({ type: 'retry', error: new StudyError('internal', 'again'), afterMs: 20_000 })
    const due = await before.enqueue('import', 'due')
    before.crash()
    before.clock.setWall(before.clock.nowMs() + jumpMs)
    const again = heldJobs('import', { limit: 2 })
    const { runner, row, advance } = before.restart([again])
    runner.start()
    await settled()
    expect(row(due).state).toBe('running')
    await advance(20_000)
    expect(row(retried).state).toBe('running')
  })

  it('moves no date that was asked for', async () => {
    const held = heldJobs('backup')
    const { runner, clock, row, enqueue, advance } = testJobs([held])
    runner.start()
    const atMs = clock.nowMs() + 2 * DAY_MS
    const jobId = await enqueue('backup', 'b', { runAtMs: atMs })
    clock.setWall(clock.nowMs() + jumpMs)
    await advance(15_000)
    expect(row(jobId)).toMatchObject({ state: 'queued', runAtMs: atMs })
    clock.setWall(atMs)
    await advance(15_000)
    expect(row(jobId).state).toBe('running')
  })
})

describe('a laptop that slept', () => {
  // Monotonic time stands still while it sleeps, as on Linux and macOS; the wall clock does not.
  it('renews its lease before anything is judged by it, and goes on', async () => {
    const held = heldJobs('import')
    const first = testJobs([held])
    first.runner.start()
    const jobId = await first.enqueue('import', 'a')
    first.clock.setWall(first.clock.nowMs() + 8 * 3_600_000)
    await first.advance(15_000)
    const second = first.restart([heldJobs('import')])
    expect(() => second.runner.start()).toThrow(expect.objectContaining({ code: 'profile-locked' }))
    await held.bodyOf('a').end({ type: 'done' })
    expect(first.row(jobId)).toMatchObject({ state: 'done', attempts: 1, crashCount: 0 })
  })

  it('whose jobs another runner took over meanwhile does each once', async () => {
    const held = heldJobs('import')
    const first = testJobs([held])
    first.runner.start()
    const jobId = await first.enqueue('import', 'a')
    first.clock.setWall(first.clock.nowMs() + 8 * 3_600_000)
    const others = heldJobs('import')
    const second = first.restart([others])
    second.runner.start()
    await settled()
    // The first wakes and knows nothing yet: its body ends before its heart beats.
    let effects = 0
    const effect = () => {
      effects += 1
    }
    await held.bodyOf('a').end({ type: 'done', effects: effect })
    expect(first.row(jobId).state).toBe('running')
    await others.bodyOf('a').end({ type: 'done', effects: effect })
    expect(first.row(jobId).state).toBe('done')
    expect(effects).toBe(1)
    expect(first.logged).toContainEqual(expect.stringContaining('took the jobs over'))
  })
})
