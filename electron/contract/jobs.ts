import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Failure } from './errors.ts'
import { DocumentId, JobId } from './ids.ts'

/**
 * queued: waits its turn or for `runAtMs` · running · waiting: for its children ·
 * snoozed: what it needs is away for now (attempts not used up) · parked: waits for the person ·
 * done · failed: gave up, can be retried · dead: poison or unreadable payload · cancelled
 */
export const JobState = z.enum([
  'queued',
  'running',
  'waiting',
  'snoozed',
  'parked',
  'done',
  'failed',
  'dead',
  'cancelled',
])
export type JobState = z.infer<typeof JobState>

export const TERMINAL_JOB_STATES: readonly JobState[] = ['done', 'failed', 'dead', 'cancelled']

/** What a language model does for a job now; `waiting`: other calls, `ahead` of them, come first. */
export const ModelStep = z.object({
  step: z.enum(['waiting', 'loading', 'reading', 'writing']),
  ahead: z.number().int().optional(),
})
export type ModelStep = z.infer<typeof ModelStep>

export const JobProgress = z.object({
  /** What it does now: the name of a stage of its kind. */
  stage: z.string(),
  done: z.number(),
  total: z.number(),
  /** What `done` counts. */
  unit: z.enum(['pages', 'chunks', 'questions', 'documents', 'bytes']),
  perSecond: z.number().optional(),
  remainingMs: z.number().optional(),
  /** Where a language model is at work on it. */
  model: ModelStep.optional(),
})
export type JobProgress = z.infer<typeof JobProgress>

export const Job = z.object({
  id: JobId,
  kind: z.string(),
  state: JobState,
  /** What the person would call it: a file's name, a quiz's title. */
  title: z.string(),
  documentId: DocumentId.optional(),
  progress: JobProgress.optional(),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  failure: Failure.optional(),
  createdAtMs: z.number(),
  startedAtMs: z.number().optional(),
  finishedAtMs: z.number().optional(),
  /** When a queued or snoozed job may run. */
  runAtMs: z.number(),
})
export type Job = z.infer<typeof Job>

/** What a laptop says of its battery. */
export const PowerReport = z.object({
  /** False while it is charged or plugged in. */
  onBattery: z.boolean(),
  percent: z.number().min(0).max(100),
})
export type PowerReport = z.infer<typeof PowerReport>

/** Whether heavy work (reading, embedding, making questions) rests, and why; light work never does. */
export const HeavyWork = z.object({
  held: z
    .object({
      /** battery: below 20 % · asleep: the laptop is · answering: a model writes an answer · asked: by the setting `heavyWork` */
      reason: z.enum(['battery', 'asleep', 'answering', 'asked']),
      batteryPercent: z.number().optional(),
    })
    .optional(),
  /** The person let it run on a low battery. */
  overridden: z.boolean(),
})
export type HeavyWork = z.infer<typeof HeavyWork>

export const jobsContract = {
  /** Newest first; without `states`, all. */
  list: oc
    .input(z.object({ states: z.array(JobState).optional(), limit: z.number().int().min(1).max(1000).default(200) }))
    .output(z.object({ jobs: z.array(Job), paused: z.boolean() })),
  retry: oc.input(z.object({ jobId: JobId })).output(Job),
  cancel: oc.input(z.object({ jobId: JobId })).output(Job),
  /** Lets running jobs come to a resting point and starts no more, until resumed; kept over restarts. */
  pauseAll: oc,
  resumeAll: oc,
  /** What it is now, then every change. */
  heavyWork: oc.output(eventIterator(HeavyWork)),
  /** Windows tell what their system says of the battery, about once a minute. */
  reportPower: oc.input(PowerReport),
  /** Runs heavy work on a low battery until the charger was in, or the app starts anew. */
  runAnyway: oc,
  /** Every change of a job as it happens, progress throttled. */
  changes: oc.output(eventIterator(Job)),
}
