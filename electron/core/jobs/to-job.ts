import type { z } from 'zod'
import { Failure } from '#contract/errors.ts'
import { type Job, JobProgress } from '#contract/jobs.ts'
import type { JobRow } from '../store/jobs.schema.ts'

/** A row as the contract tells it. `live` is newer than what the row says. */
export function toJob(row: JobRow, live?: JobProgress): Job {
  const progress = live ?? readJson(JobProgress, row.progress)
  const failure = readJson(Failure, row.failure)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    title: row.title,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    createdAtMs: row.createdAtMs,
    runAtMs: row.runAtMs,
    ...(row.documentId === null ? {} : { documentId: row.documentId }),
    ...(row.startedAtMs === null ? {} : { startedAtMs: row.startedAtMs }),
    ...(row.finishedAtMs === null ? {} : { finishedAtMs: row.finishedAtMs }),
    ...(progress ? { progress } : {}),
    ...(failure ? { failure } : {}),
  }
}

/** Progress as a row keeps it: a rate that was true then would be a lie after a restart. */
export function progressToKeep({ stage, done, total, unit }: JobProgress): string {
  return JSON.stringify({ stage, done, total, unit })
}

/** Undefined for what an older version wrote in another shape: the job is shown all the same. */
function readJson<T>(schema: z.ZodType<T>, json: string | null): T | undefined {
  if (json === null) return undefined
  try {
    return schema.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
