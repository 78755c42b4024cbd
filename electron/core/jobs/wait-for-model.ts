import { StudyError } from '../errors.ts'
import type { JobResult } from './job-definition.ts'

const UNREACHABLE_AFTER_MS = 60_000
const BUSY_AFTER_MS = 15_000
/** The limit of the day is over at midnight, or sooner if the person raises it. */
const BUDGET_AFTER_MS = 15 * 60_000

/** Sleeps or waits for the person where the model is what is missing; rethrows everything else. */
export function waitForModel(error: unknown): Extract<JobResult, { type: 'snooze' | 'park' }> {
  if (!(error instanceof StudyError)) throw error
  switch (error.code) {
    case 'model-unreachable':
      return { type: 'snooze', error, afterMs: UNREACHABLE_AFTER_MS }
    case 'model-busy':
      return { type: 'snooze', error, afterMs: BUSY_AFTER_MS }
    case 'budget-reached':
      return { type: 'snooze', error, afterMs: BUDGET_AFTER_MS }
    case 'model-missing':
    case 'model-refused':
    case 'key-refused':
      return { type: 'park', error }
    default:
      throw error
  }
}
