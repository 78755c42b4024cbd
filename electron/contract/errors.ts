import { z } from 'zod'
import { STUDY_ERROR_CODES } from './error-codes.ts'

export const StudyErrorCode = z.enum(STUDY_ERROR_CODES)
export type StudyErrorCode = z.infer<typeof StudyErrorCode>

/** What crosses the contract when something failed: the same in both hosts and in `--json`. */
export const Failure = z.object({
  code: StudyErrorCode,
  /** One English sentence or two: what happened, what was kept, what to do next. */
  message: z.string(),
  /** The page the failure is about, from 1, where there is one. */
  page: z.number().int().positive().optional(),
})
export type Failure = z.infer<typeof Failure>
