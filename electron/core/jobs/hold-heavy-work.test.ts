import { describe, expect, it, onTestFinished } from 'vitest'
import type { HeavyWork, PowerReport } from '#contract/jobs.ts'
import type { Settings } from '#contract/system.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'
import { makeHeavyWork } from './hold-heavy-work.ts'

const LOW: PowerReport = { onBattery: true, percent: 14 }
const MINUTE_MS = 60_000

/** A heavy and a light job under way, and what keeps the heavy one. */
async function atWork(options: { readPower?: () => Promise<PowerReport | undefined> } = {}) {
  const definitions = { heavy: heldJobs('import', { heavy: true }), light: heldJobs('backup') }
  const jobs = testJobs([definitions.heavy, definitions.light])
  const settings: Pick<Settings, 'heavyWork'> = { heavyWork: 'auto' }
  const heavyWork = makeHeavyWork({ jobs: jobs.runner, settings: () => settings, clock: jobs.clock, ...options })
  onTestFinished(() => heavyWork.close())
  jobs.runner.start()
  const jobId = await jobs.enqueue('import', 'a')
  await jobs.enqueue('backup', 'b')
  const stopsAtOnce = async () => {
    for (const run of definitions.heavy.runs) if (run.context.signal.aborted) await run.fail(run.context.signal.reason)
    await settled()
  }
  const standsAs = async (state: string, held: HeavyWork['held']) => {
    await stopsAtOnce()
    expect([jobs.row(jobId).state, heavyWork.standing().held]).toEqual([state, held])
    expect(jobs.row(jobId).attempts).toBe(state === 'running' ? 1 : 0)
    expect(definitions.light.bodyOf('b').context.signal.aborted).toBe(false)
  }
  return { ...jobs, ...definitions, heavyWork, settings, jobId, standsAs }
}

describe('heavy work', () => {
  it('rests below 20 % on battery, uses up no attempt, and goes on when there is charge enough', async () => {
    const { heavyWork, standsAs } = await atWork()
    await standsAs('running', undefined)
    heavyWork.reportPower({ onBattery: true, percent: 20 })
    await standsAs('running', undefined)
    heavyWork.reportPower(LOW)
    await standsAs('queued', { reason: 'battery', batteryPercent: 14 })
    heavyWork.reportPower({ onBattery: true, percent: 21 }) // no to and fro at the limit
    await standsAs('queued', { reason: 'battery', batteryPercent: 21 })
    heavyWork.reportPower({ onBattery: true, percent: 23 })
    await standsAs('running', undefined)
    heavyWork.reportPower(LOW)
    await standsAs('queued', { reason: 'battery', batteryPercent: 14 })
    heavyWork.reportPower({ onBattery: false, percent: 14 })
    await standsAs('running', undefined)
  })

  it('runs all the same when the person says so, until the charger was in', async () => {
    const { heavyWork, standsAs } = await atWork()
    heavyWork.reportPower(LOW)
    await standsAs('queued', { reason: 'battery', batteryPercent: 14 })
    heavyWork.runAnyway()
    expect(heavyWork.standing()).toEqual({ overridden: true })
    heavyWork.reportPower({ onBattery: true, percent: 9 })
    await standsAs('running', undefined)
    heavyWork.reportPower({ onBattery: false, percent: 10 })
    heavyWork.reportPower({ onBattery: true, percent: 11 })
    await standsAs('queued', { reason: 'battery', batteryPercent: 11 })
  })

  it('follows the setting: rest until told otherwise, or never for the battery', async () => {
    const { heavyWork, settings, standsAs } = await atWork()
    settings.heavyWork = 'rest'
    heavyWork.reconsider()
    await standsAs('queued', { reason: 'asked' })
    settings.heavyWork = 'always'
    heavyWork.reportPower(LOW)
    await standsAs('running', undefined)
  })

  it('rests while the laptop sleeps, and renews the lease before it goes on', async () => {
    const { heavyWork, standsAs, store, clock, runner, restart } = await atWork()
    const expiresAtMs = () => store.reader.$client.prepare('SELECT expires_at_ms FROM job_runner').pluck().get()
    heavyWork.suspend()
    await standsAs('queued', { reason: 'asleep' })
    clock.setWall(clock.nowMs() + 8 * 60 * MINUTE_MS) // the monotonic clock stood still meanwhile
    expect(expiresAtMs()).toBeLessThan(clock.nowMs())
    heavyWork.resume()
    expect(expiresAtMs()).toBeGreaterThan(clock.nowMs())
    const second = restart([heldJobs('import'), heldJobs('backup')])
    expect(() => second.runner.start()).toThrow(expect.objectContaining({ code: 'profile-locked' }))
    await standsAs('running', undefined)
    expect(runner.paused()).toBe(false)
  })

  it('yields to answers that a model writes, as long as any is being written', async () => {
    const { heavyWork, standsAs } = await atWork()
    await standsAs('running', undefined)
    const first = heavyWork.answering()
    await standsAs('queued', { reason: 'answering' })
    const second = heavyWork.answering()
    first()
    await standsAs('queued', { reason: 'answering' })
    second()
    second()
    await standsAs('running', undefined)
  })

  it('asks the system itself every minute, and forgets a window that has gone silent', async () => {
    let seen: PowerReport | undefined = LOW
    const { heavyWork, standsAs, advance } = await atWork({ readPower: () => Promise.resolve(seen) })
    await standsAs('queued', { reason: 'battery', batteryPercent: 14 })
    seen = undefined
    for (let minute = 0; minute < 5; minute += 1) await advance(MINUTE_MS)
    await standsAs('queued', { reason: 'battery', batteryPercent: 14 })
    await advance(MINUTE_MS)
    await standsAs('running', undefined)
    heavyWork.close()
  })

  it('tells what it is at once, and then every change', async () => {
    const { heavyWork } = await atWork()
    const stop = new AbortController()
    const told: HeavyWork[] = []
    const reading = (async () => {
      for await (const standing of heavyWork.changes(stop.signal)) told.push(standing)
    })()
    await settled()
    heavyWork.reportPower(LOW)
    await settled()
    heavyWork.reportPower(LOW)
    heavyWork.runAnyway()
    await settled()
    stop.abort()
    await reading
    const held = { reason: 'battery', batteryPercent: 14 }
    expect(told).toEqual([{ overridden: false }, { held, overridden: false }, { overridden: true }])
  })
})

describe('on a small machine', () => {
  const three = () => {
    const kinds = {
      import: heldJobs('import', { heavy: true, limit: 2, priority: 1 }),
      quiz: heldJobs('quiz', { heavy: true }),
      backup: heldJobs('backup'),
    }
    return { ...kinds, ...testJobs(Object.values(kinds), { tuning: { oneHeavyKind: () => true } }) }
  }

  it('one heavy kind runs at a time, and light work beside it', async () => {
    const { import: imports, quiz, backup, runner, enqueue } = three()
    runner.start()
    await enqueue('quiz', 'q')
    await enqueue('import', 'a')
    await enqueue('backup', 'b')
    expect([quiz.runs.length, imports.runs.length, backup.runs.length]).toEqual([1, 0, 1])
    await quiz.bodyOf('q').end({ type: 'done' })
    expect(imports.runs).toHaveLength(1)
    await enqueue('import', 'c')
    expect(imports.runs).toHaveLength(2) // of its own kind as many as ever
  })

  it('the kind with the longer queue lets the other have its turn', async () => {
    const { import: imports, quiz, runner, enqueue } = three()
    await enqueue('quiz', 'q') // a point of priority below: 100 later imports go before it, no more
    for (let n = 0; n < 120; n += 1) await enqueue('import', `${n}`)
    runner.start()
    await settled()
    for (let ended = 0; quiz.runs.length === 0; ended += 1) {
      expect(ended).toBeLessThan(220)
      expect(imports.runs.length).toBeGreaterThan(ended)
      await imports.runs[ended]?.end({ type: 'done' })
    }
    expect(imports.runs).toHaveLength(100)
    expect(runner.list({ states: ['running'] }).map(({ kind }) => kind)).toEqual(['quiz'])
  })

  it('a kind that is held keeps nobody waiting', async () => {
    const { import: imports, quiz, runner, enqueue } = three()
    const release = runner.hold(['import'])
    runner.start()
    await enqueue('import', 'a')
    await enqueue('quiz', 'q')
    expect([quiz.runs.length, imports.runs.length]).toEqual([1, 0])
    release()
    await quiz.bodyOf('q').end({ type: 'done' })
    expect(imports.runs).toHaveLength(1)
  })
})
