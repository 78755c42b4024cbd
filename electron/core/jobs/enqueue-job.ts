import type { JobId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { Ids } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import { addPendingChild, insertJob, readUnfinishedJob } from '../store/jobs.rows.ts'
import type { AnyJobDefinition, JobRequest } from './job-definition.ts'

/**
 * Writes a request down in the caller's transaction. Where an unfinished job has the same
 * kind and key, that one is the answer (`created: false`) and stays as it is, its parent too.
 * Throws `bad-input` for a payload that its kind refuses or a parent that has ended,
 * `internal` for a kind that nobody defined.
 */
export function enqueueJob(
  deps: { db: WriteDb; ids: Ids; nowMs: number; definitions: ReadonlyMap<string, AnyJobDefinition> },
  request: JobRequest,
): { jobId: JobId; created: boolean } {
  const { db, nowMs } = deps
  const definition = deps.definitions.get(request.kind)
  if (!definition) throw new StudyError('internal', `No job is called '${request.kind}'.`)
  const checked = definition.payload.safeParse(request.payload)
  if (!checked.success) {
    throw new StudyError('bad-input', `The job '${request.title}' can't be done as it was asked for.`, {
      cause: checked.error,
    })
  }
  const jobId = deps.ids.next() as JobId
  const created = insertJob(db, {
    id: jobId,
    kind: request.kind,
    key: request.key,
    title: request.title,
    documentId: request.documentId ?? null,
    parentId: request.parentId ?? null,
    payload: JSON.stringify(request.payload ?? null),
    priority: request.priority ?? definition.priority,
    // Due at once means due whatever the clock does later; a date is looked at by the runner alone.
    isDue: request.runAtMs === undefined || request.runAtMs <= nowMs ? 1 : 0,
    runAtMs: request.runAtMs ?? nowMs,
    delayMs: null,
    maxAttempts: definition.maxAttempts,
    createdAtMs: nowMs,
  })
  if (created) {
    if (request.parentId && !addPendingChild(db, request.parentId)) {
      throw new StudyError('bad-input', 'The job that this one belongs to has ended.')
    }
    return { jobId, created }
  }
  const existing = readUnfinishedJob(db, request.kind, request.key)
  if (!existing) throw new StudyError('internal', 'A job was refused as doubled, but there is no other.')
  return { jobId: existing.id, created }
}
