import { describe, expect, it } from 'vitest'
import { Job, type JobState } from '#contract/jobs.ts'
import { type JobNotice, NO_NOTICES, summariseJobChange } from './job-notices.ts'

function change(id: string, state: JobState, kind = 'import-document'): Job {
  return Job.parse({
    id,
    kind,
    state,
    title: `${id}.pdf`,
    attempts: 1,
    maxAttempts: 3,
    createdAtMs: 0,
    runAtMs: 0,
  })
}

function noticesOf(...changes: Job[]): JobNotice[] {
  let state = NO_NOTICES
  const notices: JobNotice[] = []
  for (const job of changes) {
    const result = summariseJobChange(state, job)
    state = result.state
    if (result.notice) notices.push(result.notice)
  }
  return notices
}

describe('summariseJobChange', () => {
  it('reports a batch of imports once, when the last one ends', () => {
    expect(
      noticesOf(
        change('a', 'queued'),
        change('b', 'queued'),
        change('a', 'running'),
        change('a', 'done'),
        change('b', 'running'),
        change('b', 'failed'),
      ),
    ).toEqual([{ type: 'imported', readyCount: 1, failedCount: 1 }])
  })

  it('starts counting afresh for the next batch', () => {
    const notices = noticesOf(change('a', 'running'), change('a', 'done'), change('b', 'running'), change('b', 'done'))
    expect(notices).toEqual([
      { type: 'imported', readyCount: 1, failedCount: 0 },
      { type: 'imported', readyCount: 1, failedCount: 0 },
    ])
  })

  it('does not hold a finished batch back for a quiz that is still being made', () => {
    expect(noticesOf(change('q', 'running', 'make-quiz'), change('a', 'running'), change('a', 'done'))).toEqual([
      { type: 'imported', readyCount: 1, failedCount: 0 },
    ])
  })

  it('keeps quiet about what was stopped by hand', () => {
    expect(noticesOf(change('a', 'running'), change('a', 'cancelled'))).toEqual([])
  })

  it('keeps quiet about what ended before this window saw it at work', () => {
    expect(noticesOf(change('a', 'done'), change('a', 'done'))).toEqual([])
  })

  it('tells how a backup ended, and not of one that was stopped', () => {
    const kind = 'back-up-library'
    const [done, failed] = [change('b', 'done', kind), change('c', 'failed', kind)]
    expect(noticesOf(change('b', 'running', kind), done, change('c', 'running', kind), failed)).toEqual([
      { type: 'data-ready', job: done },
      { type: 'data-failed', job: failed },
    ])
    expect(noticesOf(change('b', 'running', kind), change('b', 'cancelled', kind))).toEqual([])
  })

  it('tells of a quiz, and of a job that waits for the person', () => {
    const quiz = change('q', 'done', 'make-quiz')
    const parked = change('p', 'parked')
    expect(noticesOf(change('q', 'running', 'make-quiz'), quiz, change('p', 'running'), parked)).toEqual([
      { type: 'quiz-ready', job: quiz },
      { type: 'needs-you', job: parked },
    ])
  })
})
