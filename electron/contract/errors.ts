import { z } from 'zod'

/**
 * Every way an operation can fail that a person or a caller may act on.
 * The set is closed: a new failure gets a code here, its sentence in both
 * languages (renderer/strings) and, where it ends a command, an exit code.
 */
export const STUDY_ERROR_CODES = [
  'bad-input',
  'not-found',
  'profile-locked',
  'database-newer',
  'database-damaged',
  'disk-full',
  'file-missing',
  'file-unreadable',
  'file-unsupported',
  'file-too-large',
  'file-empty',
  'file-encrypted',
  'wrong-password',
  'file-damaged',
  'backup-damaged',
  'folder-unwritable',
  'page-timeout',
  'recognition-missing',
  'embedding-model-missing',
  'model-unreachable',
  'model-missing',
  'model-busy',
  'model-cut-off',
  'model-bad-output',
  'model-refused',
  'prompt-too-long',
  'key-refused',
  'budget-reached',
  'not-enough-material',
  'not-ready',
  'unauthorized',
  'cancelled',
  'internal',
] as const

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
