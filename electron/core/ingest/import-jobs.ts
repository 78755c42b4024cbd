import type { AnyJobDefinition } from '../jobs/job-definition.ts'
import { makeEmbedMissingJob } from './embed-missing.ts'
import { type ImportParts, makeImportJob } from './import-document.ts'

/** The kinds of work that bring documents in. */
export function makeImportJobs(parts: ImportParts): readonly AnyJobDefinition[] {
  return [makeImportJob(parts), makeEmbedMissingJob(parts)]
}
