import { StudyError } from '../errors.ts'
import type { JobResult } from './job-definition.ts'

const UNREACHABLE_AFTER_MS = 60_000
const BUSY_AFTER_MS = 15_000

/** Sleeps or waits for the person where the model is what is missing; rethrows everything else. */
export function waitForModel(error: unknown): Extract<JobResult, { type: 'snooze' | 'park' }> {
  if (!(error instanceof StudyError)) throw error
  switch (error.code) {
    case 'model-unreachable':
      return { type: 'snooze', error, afterMs: UNREACHABLE_AFTER_MS }
    case 'model-busy':
      return { type: 'snooze', error, afterMs: BUSY_AFTER_MS }
    case 'model-missing':
    case 'model-refused':
      return { type: 'park', error }
    default:
      throw error
  }
}
