import type { JobId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { sectionOf } from './group-jobs.ts'

/** What is worth interrupting for, once. */
export type JobNotice =
  | { type: 'imported'; readyCount: number; failedCount: number }
  | { type: 'quiz-ready' | 'quiz-failed' | 'needs-you' | 'data-ready' | 'data-failed'; job: Job }

export interface NoticeState {
  /** Jobs seen at work in this window, by kind. */
  active: ReadonlyMap<JobId, string>
  /** Of the batch that is being worked off. */
  readyCount: number
  failedCount: number
}

/** Work that was asked for and is waited for, one at a time. */
const DATA_KINDS: readonly string[] = ['back-up-library', 'restore-backup', 'export-library']

export const NO_NOTICES: NoticeState = { active: new Map(), readyCount: 0, failedCount: 0 }

/**
 * Turns changes of jobs into few notices: a batch of imports is reported once,
 * when its last one ends; what was stopped by hand is not news. Jobs that had
 * ended before this window saw them at work are not reported again.
 */
export function summariseJobChange(
  state: NoticeState,
  job: Job,
): { state: NoticeState; notice: JobNotice | undefined } {
  const section = sectionOf(job)
  const active = new Map(state.active)
  if (section === 'running' || section === 'waiting') {
    active.set(job.id, job.kind)
    return { state: { ...state, active }, notice: undefined }
  }
  if (!active.delete(job.id)) return { state, notice: undefined }
  if (section === 'attention') return { state: { ...state, active }, notice: { type: 'needs-you', job } }
  if (job.kind === 'make-quiz') {
    const type = job.state === 'done' ? 'quiz-ready' : section === 'failed' ? 'quiz-failed' : undefined
    return { state: { ...state, active }, notice: type && { type, job } }
  }
  if (DATA_KINDS.includes(job.kind)) {
    const type = job.state === 'done' ? 'data-ready' : section === 'failed' ? 'data-failed' : undefined
    return { state: { ...state, active }, notice: type && { type, job } }
  }
  if (job.kind !== 'import-document') return { state: { ...state, active }, notice: undefined }
  const readyCount = state.readyCount + (job.state === 'done' ? 1 : 0)
  const failedCount = state.failedCount + (section === 'failed' ? 1 : 0)
  if ([...active.values()].includes(job.kind)) return { state: { active, readyCount, failedCount }, notice: undefined }
  return {
    state: { active, readyCount: 0, failedCount: 0 },
    notice: readyCount + failedCount > 0 ? { type: 'imported', readyCount, failedCount } : undefined,
  }
}
