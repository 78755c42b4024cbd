import { describe, expect, it } from 'vitest'
import { Job, JobState } from '#contract/jobs.ts'
import { countJobs, groupJobs } from './group-jobs.ts'

let next = 0
function job(state: JobState, more: Partial<Job> = {}): Job {
  next++
  return Job.parse({
    id: `job-${next}`,
    kind: 'import-document',
    state,
    title: 'notes.pdf',
    attempts: 1,
    maxAttempts: 3,
    createdAtMs: next,
    runAtMs: next,
    ...more,
  })
}

describe('groupJobs', () => {
  it('has a section for every state', () => {
    const groups = groupJobs(JobState.options.map((state) => job(state)))
    expect(Object.values(groups).flat()).toHaveLength(JobState.options.length)
  })

  it('lists what waits in the order it will run, and what failed newest first', () => {
    const late = job('queued', { runAtMs: 900 })
    const soon = job('snoozed', { runAtMs: 100 })
    const old = job('failed', { finishedAtMs: 10 })
    const fresh = job('dead', { finishedAtMs: 20 })
    const groups = groupJobs([late, soon, old, fresh])
    expect(groups.waiting).toEqual([soon, late])
    expect(groups.failed).toEqual([fresh, old])
  })
})

describe('countJobs', () => {
  it('counts work in progress, and failures only until they were seen', () => {
    const jobs = [
      job('running'),
      job('queued'),
      job('failed', { finishedAtMs: 100 }),
      job('failed', { finishedAtMs: 300 }),
      job('done'),
      job('cancelled'),
    ]
    expect(countJobs(jobs, 200)).toEqual({ active: 2, needing: 1 })
  })

  it('counts a parked job until it is dealt with', () => {
    expect(countJobs([job('parked', { createdAtMs: 1 })], 500)).toEqual({ active: 0, needing: 1 })
  })
})
