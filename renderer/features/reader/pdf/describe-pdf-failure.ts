import type { Failure, StudyErrorCode } from '#contract/errors.ts'

const CODES: Record<string, StudyErrorCode> = {
  InvalidPDFException: 'file-damaged',
  FormatError: 'file-damaged',
  PasswordException: 'file-encrypted',
}

/** What a person is told when pdfjs could not open or read a file. */
export function describePdfFailure(error: unknown): Failure {
  const { name, message, status } = (error ?? {}) as { name?: string; message?: string; status?: number }
  const code = name === 'ResponseException' ? codeOfStatus(status) : CODES[name ?? '']
  return { code: code ?? 'file-unreadable', message: message || String(error) }
}

function codeOfStatus(status: number | undefined): StudyErrorCode | undefined {
  if (status === 404 || status === 410) return 'file-missing'
  return status === 401 || status === 403 ? 'unauthorized' : undefined
}
