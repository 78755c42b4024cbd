import { describe, expect, it } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { type HeldRun, heldJobs, settled, type TestJobs, testJobs } from '../testing/test-jobs.ts'

/** A book whose body has committed one child a page. */
async function bookOf(pages: readonly string[], childFailure?: 'fail' | 'continue') {
  const books = heldJobs('book', {
    ...(childFailure ? { childFailure } : {}),
    onAbandoned: (db, payload, { state }) => writeSettingRow(db, payload, state),
  })
  const reading = heldJobs('page', {
    limit: 3,
    maxAttempts: 1,
    onAbandoned: (db, payload, { state }) => writeSettingRow(db, payload, state),
  })
  const jobs = testJobs([books, reading])
  jobs.runner.start()
  const bookId = await jobs.enqueue('book', 'book')
  const body = books.bodyOf('book')
  const pageIds = enqueueChildren(jobs, body, pages, 1)
  await settled()
  return { ...jobs, jobs, books, reading, bookId, body, pageIds }
}

function enqueueChildren({ runner }: TestJobs, body: HeldRun, pages: readonly string[], cursor: number): JobId[] {
  const pageIds: JobId[] = []
  body.context.commit((db) => {
    for (const page of pages) {
      const request = { kind: 'page', key: page, payload: page, title: `Page ${page}`, parentId: body.jobId }
      pageIds.push(runner.enqueue(db, request).jobId)
    }
  }, cursor)
  return pageIds
}

describe('a parent', () => {
  it('is done when its last child is, and not before', async () => {
    const { runner, row, body, bookId, reading } = await bookOf(['1', '2'])
    await body.end({ type: 'done' })
    expect(row(bookId)).toMatchObject({ state: 'waiting', pendingChildren: 2 })
    await reading.bodyOf('1').end({ type: 'done' })
    expect(row(bookId)).toMatchObject({ state: 'waiting', pendingChildren: 1 })
    await reading.bodyOf('2').end({ type: 'done' })
    expect(runner.get(bookId)).toMatchObject({ state: 'done', attempts: 1 })
  })

  it('goes on from its cursor when it asked to wait, and has used up no attempt', async () => {
    const { runner, row, books, body, bookId, reading } = await bookOf(['1', '2'])
    await reading.bodyOf('1').end({ type: 'done' })
    await body.end({ type: 'wait', effects: (db) => writeSettingRow(db, 'waits', true) })
    expect(row(bookId).state).toBe('waiting')
    await reading.bodyOf('2').end({ type: 'done' })
    expect(books.runs).toHaveLength(2)
    expect(books.bodyOf('book').context).toMatchObject({ cursor: 1, attempt: 1, failedChildren: 0 })
    await books.bodyOf('book').end({ type: 'done' })
    expect(runner.get(bookId)?.state).toBe('done')
  })

  it('goes on at once when its children were quicker than it', async () => {
    const { books, body, reading } = await bookOf(['1'])
    await reading.bodyOf('1').end({ type: 'done' })
    await body.end({ type: 'wait' })
    expect(books.runs).toHaveLength(2)
  })

  it('counts the children that its last effects asked for', async () => {
    const { runner, row, body, bookId, reading } = await bookOf([])
    await body.end({
      type: 'done',
      effects: (db) =>
        void runner.enqueue(db, { kind: 'page', key: '1', payload: '1', title: 'Page 1', parentId: bookId }),
    })
    expect(row(bookId)).toMatchObject({ state: 'waiting', pendingChildren: 1 })
    await reading.bodyOf('1').end({ type: 'done' })
    expect(row(bookId).state).toBe('done')
  })

  it('fails with the first child that fails, which it names, and cancels the others', async () => {
    const { runner, store, body, bookId, pageIds, reading } = await bookOf(['1', '2', '3', '4'])
    await body.end({ type: 'wait' })
    await reading.bodyOf('2').fail(new StudyError('page-timeout', 'It took too long.', { page: 2 }))
    const job = runner.get(bookId)
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'page-timeout', page: 2 } })
    expect(job?.failure?.message).toContain('Page 2')
    expect(pageIds.map((id) => runner.get(id)?.state)).toEqual(['cancelled', 'failed', 'cancelled', 'cancelled'])
    expect(reading.bodyOf('1').context.signal.aborted).toBe(true)
    expect(readSettingRows(store.reader)).toEqual({
      1: 'cancelled',
      2: 'failed',
      3: 'cancelled',
      4: 'cancelled',
      book: 'failed',
    })
  })

  it('fails by a cancelled child, and by one that ended while it still ran', async () => {
    const { runner, body, bookId, pageIds, reading } = await bookOf(['1', '2'])
    runner.cancel(pageIds[0] as JobId)
    expect(runner.get(bookId)?.state).toBe('running')
    await body.end({ type: 'done', effects: (db) => writeSettingRow(db, 'undone', false) })
    expect(runner.get(bookId)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } })
    expect(reading.bodyOf('2').context.signal.aborted).toBe(true)
  })

  it('goes on with what there is where its definition says so', async () => {
    const { runner, row, books, body, bookId, pageIds, reading } = await bookOf(['1', '2', '3'], 'continue')
    await body.end({ type: 'wait' })
    await reading.bodyOf('1').fail(new StudyError('file-damaged', 'no'))
    runner.cancel(pageIds[1] as JobId)
    expect(row(bookId)).toMatchObject({ state: 'waiting', pendingChildren: 1, failedChildren: 2 })
    await reading.bodyOf('3').end({ type: 'done' })
    expect(books.bodyOf('book').context.failedChildren).toBe(2)
    await books.bodyOf('book').end({ type: 'done' })
    expect(runner.get(bookId)?.state).toBe('done')
  })

  it('takes its children and theirs with it when it is cancelled', async () => {
    const { runner, row, jobs, bookId, pageIds, reading } = await bookOf(['1', '2'])
    const [line] = enqueueChildren(jobs, reading.bodyOf('1'), ['1.1'], 1)
    await settled()
    runner.cancel(bookId)
    const states = [bookId, ...pageIds, line as JobId].map((id) => row(id).state)
    expect(states).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled'])
    expect(reading.runs.every((run) => run.context.signal.aborted)).toBe(true)
  })

  it('is retried with the children that did not end as done', async () => {
    const { runner, row, books, body, bookId, pageIds, reading } = await bookOf(['1', '2', '3'])
    await body.end({ type: 'wait' })
    await reading.bodyOf('1').end({ type: 'done' })
    await reading.bodyOf('2').fail(new StudyError('file-damaged', 'no'))
    await reading.bodyOf('3').fail(new Error('aborted'))
    runner.retry(bookId)
    await settled()
    expect(pageIds.map((id) => row(id).state)).toEqual(['done', 'running', 'running'])
    expect(row(bookId)).toMatchObject({ state: 'running', pendingChildren: 2, failedChildren: 0 })
    await books.bodyOf('book').end({ type: 'wait' })
    await reading.bodyOf('2').end({ type: 'done' })
    await reading.bodyOf('3').end({ type: 'done' })
    await books.bodyOf('book').end({ type: 'done' })
    expect(row(bookId)).toMatchObject({ state: 'done', pendingChildren: 0 })
  })

  it('waits again for a child that is retried by itself', async () => {
    const { runner, row, books, body, bookId, pageIds, reading } = await bookOf(['1', '2'], 'continue')
    await body.end({ type: 'wait' })
    await reading.bodyOf('1').fail(new StudyError('file-damaged', 'no'))
    runner.retry(pageIds[0] as JobId)
    expect(row(bookId)).toMatchObject({ state: 'waiting', pendingChildren: 2, failedChildren: 0 })
    await settled()
    await reading.bodyOf('1').end({ type: 'done' })
    expect(books.runs).toHaveLength(1)
    await reading.bodyOf('2').end({ type: 'done' })
    expect(books.runs).toHaveLength(2)
  })

  it('that has ended takes no more children', async () => {
    const { runner, store, body, bookId } = await bookOf([])
    await body.end({ type: 'done' })
    const request = { kind: 'page', key: '9', payload: '9', title: 'Page 9', parentId: bookId }
    expect(() => store.transaction((db) => runner.enqueue(db, request))).toThrow('has ended')
    expect(runner.list({ states: ['queued'] })).toEqual([])
  })

  it('and its children come through a crash with their counts right', async () => {
    const before = await bookOf(['1', '2'])
    await before.body.end({ type: 'wait' })
    await before.reading.bodyOf('1').end({ type: 'done' })
    before.jobs.crash()
    const [books, reading] = [heldJobs('book'), heldJobs('page')]
    const { runner, row } = before.restart([books, reading])
    runner.start()
    await settled()
    expect(row(before.bookId)).toMatchObject({ state: 'waiting', pendingChildren: 1, crashCount: 0 })
    await reading.bodyOf('2').end({ type: 'done' })
    expect(books.bodyOf('book').context.cursor).toBe(1)
    await books.bodyOf('book').end({ type: 'done' })
    expect(row(before.bookId).state).toBe('done')
  })
})
