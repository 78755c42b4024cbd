import type { Document } from '#contract/documents.ts'

/** Whether a document is one of the study notes that ship with the app: they lie in resources/sample-library. */
export function isSample({ path }: Pick<Document, 'path'>): boolean {
  return path.split(/[\\/]/).at(-2) === 'sample-library'
}
