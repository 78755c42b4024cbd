import { describe, expect, it } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { heldJobs, openTestStore, settled, testJobs } from '../testing/test-jobs.ts'
import { makeJobRunner } from './job-runner.ts'

const unreachable = new StudyError('model-unreachable', 'Ollama does not answer.')
const missing = new StudyError('model-missing', 'The model is not there. Pull it.')

describe('a request', () => {
  it('is one job however often it is made while unfinished, and a new one afterwards', async () => {
    const held = heldJobs('import')
    const { runner, store, enqueue } = testJobs([held])
    const request = { kind: 'import', key: 'sha-1', payload: 'a', title: 'A' }
    const answers = Array.from({ length: 100 }, () => store.transaction((db) => runner.enqueue(db, request)))
    expect(new Set(answers.map((answer) => answer.jobId)).size).toBe(1)
    expect(answers.filter((answer) => answer.created)).toHaveLength(1)
    expect(runner.list()).toHaveLength(1)

    runner.start()
    await settled()
    await held.bodyOf('a').end({ type: 'done' })
    expect(await enqueue('import', 'a', { key: 'sha-1' })).not.toBe(answers[0]?.jobId)
    expect(runner.list()).toHaveLength(2)
  })

  it('is undone with the transaction it was made in', async () => {
    const { runner, store } = testJobs([heldJobs('import')])
    const { signal } = new AbortController()
    const changes = runner.changes(signal)[Symbol.asyncIterator]()
    expect(() =>
      store.transaction((db) => {
        runner.enqueue(db, { kind: 'import', key: 'a', payload: 'a', title: 'A' })
        throw new Error('the caller thought better of it')
      }),
    ).toThrow('thought better')
    runner.wake()
    expect(runner.list()).toEqual([])
    const next = changes.next()
    await runner.stop()
    expect(await next).toEqual({ value: undefined, done: true })
  })

  it('is refused at once when its payload or its kind can never run', () => {
    const { runner, store } = testJobs([heldJobs('import')])
    const request = { kind: 'import', key: 'a', payload: 7, title: 'A' }
    expect(() => store.transaction((db) => runner.enqueue(db, request))).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
    expect(() => store.transaction((db) => runner.enqueue(db, { ...request, kind: 'unheard-of' }))).toThrow(
      expect.objectContaining({ code: 'internal' }),
    )
    expect(runner.list()).toEqual([])
  })

  it('waits for its time, and then runs', async () => {
    const held = heldJobs('backup')
    const { runner, clock, enqueue, advance } = testJobs([held])
    runner.start()
    await enqueue('backup', 'b', { runAtMs: clock.nowMs() + 60_000 })
    await advance(59_999)
    expect(held.runs).toHaveLength(0)
    await advance(1)
    expect(held.runs).toHaveLength(1)
  })
})

describe('a run', () => {
  it('is done together with its effects, or neither is', async () => {
    const held = heldJobs('import')
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    expect(runner.get(jobId)).toMatchObject({ state: 'running', attempts: 1 })
    await held.bodyOf('a').end({ type: 'done', effects: (db) => writeSettingRow(db, 'a', 1) })
    expect(runner.get(jobId)).toMatchObject({ state: 'done' })
    expect(readSettingRows(store.reader)).toEqual({ a: 1 })

    const other = await enqueue('import', 'b')
    await held.bodyOf('b').end({
      type: 'done',
      effects(db) {
        writeSettingRow(db, 'b', 1)
        throw new StudyError('file-damaged', 'half of it is missing')
      },
    })
    expect(runner.get(other)).toMatchObject({ state: 'failed', failure: { code: 'file-damaged' } })
    expect(readSettingRows(store.reader)).toEqual({ a: 1 })
  })

  it('does not take others with it when its effects fail in the same tick', async () => {
    const held = heldJobs('page', { limit: 3 })
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    const [a, b, c] = [await enqueue('page', 'a'), await enqueue('page', 'b'), await enqueue('page', 'c')]
    const ends = [
      held.bodyOf('a').end({ type: 'done', effects: (db) => writeSettingRow(db, 'a', 1) }),
      held.bodyOf('b').end({
        type: 'done',
        effects(db) {
          writeSettingRow(db, 'b', 1)
          throw new Error('no')
        },
      }),
      held.bodyOf('c').end({ type: 'done', effects: (db) => writeSettingRow(db, 'c', 1) }),
    ]
    await Promise.all(ends)
    expect([a, b, c].map((jobId) => runner.get(jobId)?.state)).toEqual(['done', 'queued', 'done'])
    expect(readSettingRows(store.reader)).toEqual({ a: 1, c: 1 })
  })

  it('commits steps with a cursor, from which the next run goes on', async () => {
    const held = heldJobs('import')
    const { runner, store, enqueue, advance } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    const { context, fail } = held.bodyOf('a')
    expect(context).toMatchObject({ cursor: undefined, attempt: 1 })
    context.commit((db) => writeSettingRow(db, 'page', 57), 57)
    expect(() =>
      context.commit((db) => {
        writeSettingRow(db, 'page', 58)
        throw new Error('no room')
      }, 58),
    ).toThrow('no room')
    expect(readSettingRows(store.reader)).toEqual({ page: 57 })
    await fail(new Error('the extractor died'))
    expect(runner.get(jobId)).toMatchObject({ state: 'queued', failure: { code: 'internal' } })
    await advance(2000)
    expect(held.bodyOf('a').context).toMatchObject({ cursor: 57, attempt: 2 })
  })

  it('can write no step once its body has returned', async () => {
    const held = heldJobs('import')
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    await enqueue('import', 'a')
    const { context, end } = held.bodyOf('a')
    await end({ type: 'done' })
    expect(() => context.commit((db) => writeSettingRow(db, 'late', 1), 1)).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
    expect(readSettingRows(store.reader)).toEqual({})
  })

  it('is tried again with longer and longer waits, then failed, and its definition hears of it', async () => {
    const heard: unknown[] = []
    const held = heldJobs('quiz', {
      maxAttempts: 3,
      onAbandoned: (db, payload, outcome) => {
        heard.push([payload, outcome.state, outcome.error?.code])
        writeSettingRow(db, 'abandoned', payload)
      },
    })
    const { runner, store, clock, enqueue, advance } = testJobs([held])
    runner.start()
    const jobId = await enqueue('quiz', 'q')
    const waits: number[] = []
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(held.bodyOf('q').context.attempt).toBe(attempt)
      await held.bodyOf('q').fail(new StudyError('model-bad-output', 'not JSON'))
      const job = runner.get(jobId)
      if (job?.state === 'queued') {
        waits.push(job.runAtMs - clock.nowMs())
        await advance(job.runAtMs - clock.nowMs())
      }
    }
    expect(waits).toEqual([
      expect.toSatisfy((ms) => ms >= 1600 && ms <= 2000),
      expect.toSatisfy((ms) => ms >= 3200 && ms <= 4000),
    ])
    expect(runner.get(jobId)).toMatchObject({ state: 'failed', attempts: 3, failure: { code: 'model-bad-output' } })
    expect(heard).toEqual([['q', 'failed', 'model-bad-output']])
    expect(readSettingRows(store.reader)).toEqual({ abandoned: 'q' })
  })

  it('fails at once where trying again would not help, and says so itself where it returns it', async () => {
    const heard: string[] = []
    const held = heldJobs('import', { onAbandoned: (_db, payload) => heard.push(payload) })
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    const thrown = await enqueue('import', 'thrown')
    await held.bodyOf('thrown').fail(new StudyError('prompt-too-long', 'too long'))
    const told = await enqueue('import', 'told')
    const error = new StudyError('file-damaged', 'Page 3 is damaged.', { page: 3 })
    await held.bodyOf('told').end({ type: 'failed', error, effects: (db) => writeSettingRow(db, 'told', true) })
    expect(runner.get(thrown)).toMatchObject({ state: 'failed', attempts: 1, failure: { code: 'prompt-too-long' } })
    expect(runner.get(told)).toMatchObject({ state: 'failed', failure: { code: 'file-damaged', page: 3 } })
    expect(heard).toEqual(['thrown'])
    expect(readSettingRows(store.reader)).toEqual({ told: true })
  })

  it('is dead and visible when its payload, its cursor or its kind can no longer be read', async () => {
    const { runner: before, store, enqueue } = testJobs([heldJobs('import'), heldJobs('gone')])
    const [payload, json, cursor, kind, fine] = [
      await enqueue('import', 'payload'),
      await enqueue('import', 'json'),
      await enqueue('import', 'cursor'),
      await enqueue('gone', 'kind'),
      await enqueue('import', 'fine'),
    ]
    store.transaction((db) => {
      db.$client.exec(`UPDATE jobs SET payload = '{"v":2}' WHERE key = 'payload'`)
      db.$client.exec(`UPDATE jobs SET payload = '{"v":' WHERE key = 'json'`)
      db.$client.exec(`UPDATE jobs SET cursor = '"page 9"' WHERE key = 'cursor'`)
    })
    await before.stop()
    const held = heldJobs('import')
    const { runner } = testJobs([held], { store, generation: 2 })
    runner.start()
    await settled()
    for (const jobId of [payload, json, cursor, kind]) {
      expect(runner.get(jobId)).toMatchObject({
        state: 'dead',
        failure: { message: expect.stringContaining('set aside') },
      })
    }
    expect(held.runs.map((run) => run.jobId)).toEqual([fine])
  })
})

describe('what is away', () => {
  it('puts the whole kind to sleep without using up attempts, and lets other kinds go on', async () => {
    const quiz = heldJobs('quiz', { maxAttempts: 1 })
    const held = heldJobs('import')
    const { runner, enqueue, advance } = testJobs([quiz, held])
    runner.start()
    const [first, second] = [await enqueue('quiz', '1'), await enqueue('quiz', '2')]
    const finished = runner.finished(second)
    await quiz.bodyOf('1').end({ type: 'snooze', error: unreachable, afterMs: 30_000 })
    expect(runner.get(first)).toMatchObject({ state: 'snoozed', attempts: 0, failure: { code: 'model-unreachable' } })
    expect(await finished).toMatchObject({ id: second, state: 'snoozed', failure: { code: 'model-unreachable' } })
    await enqueue('import', 'a')
    expect(held.runs).toHaveLength(1)
    expect(quiz.runs).toHaveLength(1)

    for (let round = 0; round < 5; round += 1) {
      await advance(30_000)
      await quiz.runs.at(-1)?.fail(unreachable)
      expect(runner.list({ states: ['snoozed'] })).toHaveLength(2)
    }
    await advance(30_000)
    await quiz.bodyOf('1').end({ type: 'done' })
    expect(quiz.bodyOf('2').context.attempt).toBe(1)
  })

  it('is looked for by a new request, and found again wakes the rest', async () => {
    const quiz = heldJobs('quiz')
    const { runner, enqueue } = testJobs([quiz])
    runner.start()
    const [first, second] = [await enqueue('quiz', '1'), await enqueue('quiz', '2')]
    await quiz.bodyOf('1').end({ type: 'snooze', error: unreachable, afterMs: 600_000 })
    await enqueue('quiz', '3')
    await quiz.bodyOf('3').end({ type: 'done' })
    expect(runner.get(first)?.state).toBe('running')
    expect(runner.get(second)?.state).toBe('queued')
  })

  it('parks what only the person can put right until they retry', async () => {
    const quiz = heldJobs('quiz', { maxAttempts: 1 })
    const { runner, enqueue, advance } = testJobs([quiz])
    runner.start()
    const jobId = await enqueue('quiz', 'q')
    const finished = runner.finished(jobId)
    await quiz.bodyOf('q').fail(missing)
    expect(await finished).toMatchObject({ state: 'parked', attempts: 0, failure: { code: 'model-missing' } })
    await advance(7 * 86_400_000)
    expect(quiz.runs).toHaveLength(1)
    expect(runner.retry(jobId)).toMatchObject({ id: jobId, state: 'queued' })
    await settled()
    await quiz.bodyOf('q').end({ type: 'done' })
    expect(runner.get(jobId)).not.toHaveProperty('failure')
  })
})

describe('the order', () => {
  it('is by priority, then by arrival', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    await enqueue('import', 'first')
    await enqueue('import', 'second')
    await enqueue('import', 'urgent', { priority: 5 })
    runner.start()
    await settled()
    for (let n = 0; n < 3; n += 1) await held.runs.at(-1)?.end({ type: 'done' })
    expect(held.runs.map((run) => run.payload)).toEqual(['urgent', 'first', 'second'])
  })

  it('lets no job starve: each point of priority is worth 100 places', async () => {
    const held = heldJobs('page')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    await enqueue('page', 'urgent 0', { priority: 1 })
    await enqueue('page', 'patient', { priority: 0 })
    // There is always a newer one of higher priority: were it not lifted by waiting, it would never come.
    let overtaken = 0
    while (overtaken < 300 && held.runs.at(-1)?.payload !== 'patient') {
      overtaken += 1
      await enqueue('page', `urgent ${overtaken}`, { priority: 1 })
      await held.runs.at(-1)?.end({ type: 'done' })
    }
    expect(overtaken).toBe(100)
  })

  it('keeps the limit of each kind and of all together', async () => {
    const pages = heldJobs('page', { limit: 2 })
    const quizzes = heldJobs('quiz', { limit: 1, priority: 10 })
    const imports = heldJobs('import', { limit: 3 })
    const { runner, enqueue } = testJobs([pages, quizzes, imports], { tuning: { mostRunning: 4 } })
    for (const payload of ['1', '2', '3', '4']) {
      for (const kind of ['page', 'quiz', 'import']) await enqueue(kind, payload)
    }
    runner.start()
    await settled()
    const running = () => [pages, quizzes, imports].map((held) => held.runs.map((run) => run.payload).join(''))
    expect(running()).toEqual(['12', '1', '1'])
    await quizzes.bodyOf('1').end({ type: 'done' })
    expect(running()).toEqual(['12', '12', '1'])
    await pages.bodyOf('1').end({ type: 'done' })
    expect(running()).toEqual(['12', '12', '12'])
    expect(runner.list({ states: ['running'] })).toHaveLength(4)
  })
})

describe('pausing', () => {
  it('brings what runs to rest without using up its attempt, and lasts over a restart', async () => {
    const held = heldJobs('import', { maxAttempts: 1 })
    const before = testJobs([held])
    before.runner.start()
    const jobId = await before.enqueue('import', 'a')
    before.runner.pauseAll()
    const { context, fail } = held.bodyOf('a')
    expect(context.signal.aborted).toBe(true)
    context.commit((db) => writeSettingRow(db, 'page', 3), 3) // the resting point
    await fail(context.signal.reason)
    expect(before.runner.get(jobId)).toMatchObject({ state: 'queued', attempts: 0 })
    await before.enqueue('import', 'b')
    expect(held.runs).toHaveLength(1)
    await before.runner.stop()

    const again = heldJobs('import', { maxAttempts: 1 })
    const { runner } = before.restart([again])
    runner.start()
    expect(runner.paused()).toBe(true)
    await runner.whenIdle()
    expect(again.runs).toHaveLength(0)
    runner.resumeAll()
    await settled()
    expect(runner.paused()).toBe(false)
    expect(again.bodyOf('a').context).toMatchObject({ cursor: 3, attempt: 1 })
  })

  it('takes what a body finished all the same', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    runner.pauseAll()
    await held.bodyOf('a').end({ type: 'done' })
    expect(runner.get(jobId)?.state).toBe('done')
  })

  it('holds single kinds until every hold is released', async () => {
    const held = heldJobs('read-scans')
    const quiz = heldJobs('quiz')
    const { runner, enqueue } = testJobs([held, quiz])
    runner.start()
    const jobId = await enqueue('read-scans', 'a')
    const [onBattery, whileAnswering] = [runner.hold(['read-scans']), runner.hold(['read-scans', 'other'])]
    expect(held.bodyOf('a').context.signal.aborted).toBe(true)
    await held.bodyOf('a').fail(new Error('worker terminated'))
    await enqueue('quiz', 'q')
    expect(quiz.runs).toHaveLength(1)
    onBattery()
    onBattery()
    await settled()
    expect(runner.get(jobId)).toMatchObject({ state: 'queued', attempts: 0 })
    whileAnswering()
    await settled()
    expect(runner.get(jobId)).toMatchObject({ state: 'running', attempts: 1 })
  })
})

describe('stopping', () => {
  it('waits for bodies that end in time, gives the rest back and fences out what they still write', async () => {
    const held = heldJobs('import', { limit: 2 })
    const before = testJobs([held])
    before.runner.start()
    const [quick, stubborn] = [await before.enqueue('import', 'quick'), await before.enqueue('import', 'stubborn')]
    const finished = before.runner.finished(stubborn)
    finished.catch(() => undefined)
    const stopped = before.runner.stop()
    const again = before.runner.stop({ timeoutMs: 1 })
    expect(held.bodyOf('stubborn').context.signal.aborted).toBe(true)
    await held.bodyOf('quick').end({ type: 'done', effects: (db) => writeSettingRow(db, 'quick', 1) })
    await before.advance(5000)
    await stopped
    await again
    await expect(finished).rejects.toMatchObject({ code: 'cancelled' })
    expect(before.row(quick).state).toBe('done')
    expect(before.row(stubborn)).toMatchObject({ state: 'queued', attempts: 0, crashCount: 0, lease: null })
    const late = held.bodyOf('stubborn')
    expect(() => late.context.commit((db) => writeSettingRow(db, 'late', 1), 9)).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
    await late.end({ type: 'done', effects: (db) => writeSettingRow(db, 'late', 1) })
    expect(readSettingRows(before.store.reader)).toEqual({ quick: 1 })

    const next = heldJobs('import')
    const { runner } = before.restart([next])
    runner.start()
    await settled()
    expect(next.runs.map((run) => run.payload)).toEqual(['stubborn'])
  })

  it('is instant when nothing runs, and needs no start', async () => {
    const { runner } = testJobs([heldJobs('import')])
    await runner.stop()
    await runner.whenIdle()
    expect(() => runner.start()).toThrow('starts once')
  })
})

describe('one runner a database', () => {
  it('refuses a second while the first lives, and lets it when the first has stopped or is dead', async () => {
    const held = heldJobs('import')
    const first = testJobs([held])
    first.runner.start()
    const jobId = await first.enqueue('import', 'a')
    const second = first.restart([heldJobs('import')])
    expect(() => second.runner.start()).toThrow(expect.objectContaining({ code: 'profile-locked' }))
    expect(first.row(jobId).state).toBe('running')
    await held.bodyOf('a').end({ type: 'done' })
    await first.runner.stop()
    second.runner.start()
    await second.runner.stop()
  })

  it('refuses two definitions of one kind', () => {
    const store = openTestStore()
    const { clock } = testJobs([])
    const definitions = [heldJobs('import'), heldJobs('import')]
    expect(() => makeJobRunner({ store, clock, ids: { next: () => 'x' } }, definitions)).toThrow('same kind')
  })
})

describe('waiting', () => {
  it('finishes at once for a job that has ended, and rejects for one that is not there', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    await held.bodyOf('a').end({ type: 'done' })
    expect(await runner.finished(jobId)).toMatchObject({ id: jobId, state: 'done' })
    await expect(runner.finished('nobody' as JobId)).rejects.toMatchObject({ code: 'not-found' })
    expect(runner.get('nobody' as JobId)).toBeUndefined()
    expect(() => runner.cancel('nobody' as JobId)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('ends with its signal, for every kind of wait', async () => {
    const { runner, enqueue } = testJobs([heldJobs('import')])
    runner.start()
    const jobId = await enqueue('import', 'a')
    const abort = new AbortController()
    const waits = [runner.finished(jobId, abort.signal), runner.whenIdle(abort.signal)]
    const iterator = runner.changes(abort.signal)[Symbol.asyncIterator]()
    const next = iterator.next()
    abort.abort(new Error('enough'))
    for (const wait of waits) await expect(wait).rejects.toThrow('enough')
    expect(await next).toEqual({ value: undefined, done: true })
    await expect(runner.finished(jobId, abort.signal)).rejects.toThrow('enough')
    await expect(runner.whenIdle(abort.signal)).rejects.toThrow('enough')
  })

  it('is idle when nothing runs and nothing could run now', async () => {
    const held = heldJobs('import')
    const { runner, enqueue, advance } = testJobs([held])
    await runner.whenIdle()
    runner.start()
    await enqueue('import', 'a')
    let idle = false
    const idling = runner.whenIdle().then(() => {
      idle = true
    })
    await settled()
    expect(idle).toBe(false)
    await held.bodyOf('a').fail(new Error('once more'))
    await idling
    await advance(2000)
    expect(held.runs).toHaveLength(2)
  })
})

describe('the listing', () => {
  it('is newest first, by state and limit, with the live progress of what runs', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const [a, b, c] = [await enqueue('import', 'a'), await enqueue('import', 'b'), await enqueue('import', 'c')]
    held.bodyOf('a').context.progress({ stage: 'reading', done: 1, total: 4, unit: 'pages' })
    expect(runner.list().map((job) => job.id)).toEqual([c, b, a])
    expect(runner.list({ states: ['queued'], limit: 1 }).map((job) => job.id)).toEqual([c])
    expect(runner.list({ states: ['running'] })[0]?.progress).toMatchObject({ stage: 'reading', done: 1, total: 4 })
    expect(runner.list({ states: [] })).toEqual([])
  })
})
