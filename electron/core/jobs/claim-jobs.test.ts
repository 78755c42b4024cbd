import { describe, expect, it } from 'vitest'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

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
