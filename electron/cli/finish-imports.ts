import { basename } from 'node:path'
import type { Document, ImportOutcome } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import type { Job } from '#contract/jobs.ts'
import type { StudyCore } from '../core/study-core.ts'
import { unlockDocuments } from './unlock-documents.ts'
import type { CommandContext } from './with-core.ts'

/** What the summary line tells of one file. */
export interface ImportedDocument {
  id: string | null
  title: string
  path: string
  sha256: string | null
  pages: number
  chunks: number
  status: Document['status']
  duplicate?: true
  /** Scanned pages of a locked file that wait for its password. */
  awaitsPassword?: number
  error?: Failure
}

/** Waits until files that were taken in are imported, telling how far they are; then says what became of each. */
export async function finishImports(
  core: StudyCore,
  outcomes: readonly ImportOutcome[],
  context: CommandContext,
  options: { passwordStdin?: boolean } = {},
): Promise<ImportedDocument[]> {
  const { signal } = context
  const followed = new AbortController()
  const following = followProgress(core, outcomes, context, AbortSignal.any([signal, followed.signal]))
  try {
    for (const { jobId } of outcomes) if (jobId) await core.jobs.finished(jobId, signal)
    const documentIds = outcomes.flatMap(({ document }) => document?.id ?? [])
    await unlockDocuments(core, documentIds, context, options)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    followed.abort()
    await following
  }
  return outcomes.map((outcome) => describe(core, outcome))
}

/** A document's summary for people. */
export function asLine(document: ImportedDocument): string {
  const { title, path, pages, chunks, status, duplicate, awaitsPassword, error } = document
  if (error) return `failed     ${path}: ${error.message}`
  const known = duplicate ? ', in the library already' : ''
  const locked = awaitsPassword ? `, ${awaitsPassword} scanned pages wait for the password` : ''
  return `${status.padEnd(10)} ${path}: "${title}", ${pages} pages, ${chunks} passages${known}${locked}`
}

async function followProgress(
  core: StudyCore,
  outcomes: readonly ImportOutcome[],
  { terminal }: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  const pathOfJob = new Map(outcomes.map(({ jobId, path }) => [jobId, path]))
  try {
    for await (const job of core.jobs.changes(signal)) {
      const path = pathOfJob.get(job.id)
      if (path === undefined || job.progress === undefined) continue
      const { progress, state, documentId } = job
      terminal.progress({ type: 'progress', path, documentId, state, ...progress }, () => progressLine(path, job))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

function progressLine(path: string, { progress }: Job): string {
  if (!progress) return basename(path)
  const { stage, done, total, unit, perSecond, remainingMs } = progress
  const rate = perSecond ? `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} ${unit}/s` : ''
  const left = remainingMs ? `, ${Math.ceil(remainingMs / 1000)} s left` : ''
  return `${basename(path)}: ${stage} ${done} of ${total} ${unit}${rate}${left}`
}

function describe(core: StudyCore, outcome: ImportOutcome): ImportedDocument {
  const { path, failure, duplicate } = outcome
  if (!outcome.document) {
    const error = failure ? { error: failure } : {}
    return { id: null, title: basename(path), path, sha256: null, pages: 0, chunks: 0, status: 'failed', ...error }
  }
  const document = core.documents.get({ documentId: outcome.document.id })
  return {
    id: document.id,
    title: document.title,
    path,
    sha256: document.sha256,
    pages: document.pageCount,
    chunks: document.chunkCount,
    status: document.status,
    ...(duplicate ? { duplicate } : {}),
    ...(document.recognition?.awaitsPassword ? { awaitsPassword: document.recognition.waitingCount } : {}),
    ...(document.failure ? { error: document.failure } : {}),
  }
}
