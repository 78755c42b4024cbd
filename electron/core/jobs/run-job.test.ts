import { describe, expect, it } from 'vitest'
import { StudyError } from '../errors.ts'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

const unreachable = new StudyError('model-unreachable', 'Ollama does not answer.')

const missing = new StudyError('model-missing', 'The model is not there. Pull it.')

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
