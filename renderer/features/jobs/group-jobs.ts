import type { Job, JobState } from '#contract/jobs.ts'

export type JobSection = 'attention' | 'running' | 'waiting' | 'failed' | 'finished'

const SECTION_OF: Record<JobState, JobSection> = {
  parked: 'attention',
  running: 'running',
  queued: 'waiting',
  waiting: 'waiting',
  snoozed: 'waiting',
  failed: 'failed',
  dead: 'failed',
  done: 'finished',
  cancelled: 'finished',
}

/** What needs the person first, what is over last. */
export const JOB_SECTIONS: readonly JobSection[] = ['attention', 'running', 'waiting', 'failed', 'finished']

export function sectionOf(job: Job): JobSection {
  return SECTION_OF[job.state]
}

/** Jobs by section. What waits stands in the order it will run, the rest newest first. */
export function groupJobs(jobs: readonly Job[]): Record<JobSection, Job[]> {
  const groups: Record<JobSection, Job[]> = { attention: [], running: [], waiting: [], failed: [], finished: [] }
  for (const job of jobs) groups[sectionOf(job)].push(job)
  groups.waiting.sort((a, b) => a.runAtMs - b.runAtMs || a.createdAtMs - b.createdAtMs)
  groups.running.sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0))
  const newestFirst = (a: Job, b: Job) => (b.finishedAtMs ?? b.createdAtMs) - (a.finishedAtMs ?? a.createdAtMs)
  groups.failed.sort(newestFirst)
  groups.finished.sort(newestFirst)
  return groups
}

/** For the rail: what runs or waits, and what failed or waits for the person since the jobs were last looked at. */
export function countJobs(jobs: readonly Job[], seenAtMs: number): { active: number; needing: number } {
  let active = 0
  let needing = 0
  for (const job of jobs) {
    const section = sectionOf(job)
    if (section === 'running' || section === 'waiting') active++
    if (section === 'attention') needing++
    if (section === 'failed' && (job.finishedAtMs ?? job.createdAtMs) > seenAtMs) needing++
  }
  return { active, needing }
}
