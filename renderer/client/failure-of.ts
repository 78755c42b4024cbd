import { ORPCError } from '@orpc/client'
import { Failure } from '#contract/errors.ts'
import { DoorClosedError } from './transport.ts'

/** A Failure that came by another way than the contract: the upload route. */
export class FailureError extends Error {
  override readonly name = 'FailureError'
  readonly failure: Failure
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.failure = failure
  }
}

/** What to tell a person about anything a call, a stream or an upload threw. Never throws. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure
  if (error instanceof ORPCError) {
    const failure = Failure.safeParse(error.data)
    if (failure.success) return failure.data
  }
  if (error instanceof DoorClosedError) return { code: 'unauthorized', message: error.message }
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', message: 'Stopped. What was finished before is kept.' }
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
