import { STUDY_ERROR_CODES } from '#contract/error-codes.ts'
import type { Failure, StudyErrorCode } from '#contract/errors.ts'

export type { StudyErrorCode }

/**
 * The one error class of the core. `message` is written for a person: what
 * happened, what was kept, what to do next. `cause` keeps what was caught.
 */
export class StudyError extends Error {
  override readonly name = 'StudyError'
  readonly code: StudyErrorCode
  /** The page the failure is about, from 1, where there is one. */
  readonly page: number | undefined

  constructor(code: StudyErrorCode, message: string, options: { cause?: unknown; page?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.page = options.page
  }
}

/** True for an abort raised by `AbortSignal` or thrown as our own `cancelled`. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof StudyError) return error.code === 'cancelled'
  return error instanceof Error && error.name === 'AbortError'
}

/** Translates anything thrown into a StudyError; what is not ours becomes `internal` with its cause kept. */
export function toStudyError(error: unknown): StudyError {
  if (error instanceof StudyError) return error
  if (isCancelled(error))
    return new StudyError('cancelled', 'Stopped. What was finished before is kept.', { cause: error })
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return new StudyError(
      'disk-full',
      'The disk is full. Everything saved so far is kept; free some space, then try again.',
      { cause: error },
    )
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new StudyError('internal', `Something unexpected happened: ${reason}`, { cause: error })
}

/** The plain value that crosses the contract, a worker's port or a job's row. */
export function toFailure(error: unknown): Failure {
  const { code, message, page } = toStudyError(error)
  return page === undefined ? { code, message } : { code, message, page }
}

/** The StudyError a Failure stands for, on the far side of a worker's port or a job's row. */
export function fromFailure(failure: Failure): StudyError {
  const known = (STUDY_ERROR_CODES as readonly string[]).includes(failure.code)
  return new StudyError(
    known ? failure.code : 'internal',
    failure.message,
    failure.page === undefined ? {} : { page: failure.page },
  )
}
