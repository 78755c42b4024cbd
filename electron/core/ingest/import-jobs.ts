import type { JobDefinition } from '../jobs/job-definition.ts'
import { makeEmbedMissingJob } from './embed-missing.ts'
import { type ImportParts, makeImportJob } from './import-document.ts'

/** The kinds of work that bring documents in. */
export function makeImportJobs(parts: ImportParts): readonly JobDefinition<never, never>[] {
  // A runner holds definitions of any payload: it parses what it read before it hands it on.
  return [makeImportJob(parts), makeEmbedMissingJob(parts)] as unknown as readonly JobDefinition<never, never>[]
}
