import type { StudyErrorCode } from '#contract/errors.ts'

/** Exit codes of the command line: those of sysexits.h where one fits, 2 for "some failed". */
export const EXIT_OK = 0
export const EXIT_SOME_FAILED = 2
export const EXIT_USAGE = 64
export const EXIT_INTERRUPTED = 130

const BY_ERROR: Partial<Record<StudyErrorCode, number>> = {
  'bad-input': EXIT_USAGE,
  'not-found': EXIT_USAGE,
  'file-missing': 66,
  'file-unreadable': 66,
  'file-unsupported': 65,
  'file-empty': 65,
  'file-encrypted': 65,
  'wrong-password': 65,
  'file-damaged': 65,
  'backup-damaged': 65,
  'folder-unwritable': 73,
  'model-unreachable': 69,
  'model-missing': 69,
  'recognition-missing': 69,
  'embedding-model-missing': 69,
  'key-refused': 77,
  'budget-reached': 69,
  'disk-full': 74,
  'profile-locked': 75,
  cancelled: EXIT_INTERRUPTED,
}

/** 70 (internal software error) for what has no better one. */
export function exitCodeOf(code: StudyErrorCode): number {
  return BY_ERROR[code] ?? 70
}
