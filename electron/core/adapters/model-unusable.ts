import { StudyError } from '../errors.ts'

/** The one error of a local embedding model: says why, what is kept and what to do. */
export function modelUnusable(reason: string, cause?: unknown): StudyError {
  return new StudyError(
    'embedding-model-missing',
    `The embedding model is missing or damaged: ${reason}. Your library is kept. ` +
      'Run "npm run build-model" or reinstall the app, then try again.',
    { cause },
  )
}
