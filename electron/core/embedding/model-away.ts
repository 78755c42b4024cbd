import { StudyError, type StudyErrorCode } from '../errors.ts'

const AWAY = new Set<StudyErrorCode>([
  'embedding-model-missing',
  'model-unreachable',
  'model-missing',
  'model-refused',
  'model-busy',
])

/** True for the ways in which there are no vectors for now: search goes on by words. */
export function isModelAway(error: unknown): error is StudyError {
  return error instanceof StudyError && AWAY.has(error.code)
}
