import type { MediaType } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { DocumentExtractor } from '../ports.ts'

/** Passwords of locked documents while they are being imported, their scans included: in memory, never written down. */
export interface PasswordKeeper {
  keep(documentId: DocumentId, password: string): void
  get(documentId: DocumentId): string | undefined
  forget(documentId: DocumentId): void
}

export function keepPasswords(): PasswordKeeper {
  const passwords = new Map<DocumentId, string>()
  return {
    keep: (documentId, password) => void passwords.set(documentId, password),
    get: (documentId) => passwords.get(documentId),
    forget: (documentId) => void passwords.delete(documentId),
  }
}

/** Opens a file with a password and lets it go. Throws StudyError: wrong-password, and what opening a file throws. */
export async function tryPassword(
  extractor: Pick<DocumentExtractor, 'extract'>,
  file: { path: string; mediaType: MediaType; password: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  // That it was opened is all there is to know: leaving ends the reading.
  for await (const _ of extractor.extract({ ...file, fromPage: 1 }, signal)) return
}
