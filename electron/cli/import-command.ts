import { basename, resolve } from 'node:path'
import type { Document, ImportOutcome } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import { type CollectionId, DocumentId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED, exitCodeOf } from './exit-codes.ts'
import { unlockDocuments } from './unlock-documents.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** What the summary line tells of one file. */
interface ImportedDocument {
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

/** `abhyas import PATH…`: progress as it goes, then one summary; 0 all imported, 2 some failed, 66 none was there. */
export function importCommand(
  context: CommandContext,
  paths: string[],
  options: { collection?: string; passwordStdin?: boolean; replace?: string },
): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true }, async (core) => {
    const collectionId = options.collection ? collectionNamed(core, options.collection) : undefined
    const outcomes = options.replace
      ? [await replaceDocument(core, options.replace, paths, signal)]
      : await core.documents.importPaths({ paths, collectionId }, signal)
    const [first] = outcomes
    if (first?.failure && outcomes.every(({ failure }) => failure?.code === 'file-missing')) {
      terminal.failure(first.failure)
      return exitCodeOf('file-missing')
    }
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
    const documents = outcomes.map((outcome) => describe(core, outcome))
    terminal.result({ documents }, () => documents.map(asLine))
    if (signal.aborted) return EXIT_INTERRUPTED
    return documents.every(({ status }) => status === 'ready') ? EXIT_OK : EXIT_SOME_FAILED
  })
}

async function replaceDocument(
  core: StudyCore,
  id: string,
  [path = '', ...others]: string[],
  signal: AbortSignal,
): Promise<ImportOutcome> {
  if (others.length > 0) throw new StudyError('bad-input', 'One file at a time takes the place of a document.')
  return core.documents.replace({ documentId: DocumentId.parse(id), file: { path: resolve(path) } }, signal)
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

function collectionNamed(core: StudyCore, name: string): CollectionId {
  const existing = core.documents
    .collections()
    .find((collection) => collection.name.toLowerCase() === name.toLowerCase())
  return (existing ?? core.documents.createCollection({ name })).id
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

function asLine(document: ImportedDocument): string {
  const { title, path, pages, chunks, status, duplicate, awaitsPassword, error } = document
  if (error) return `failed     ${path}: ${error.message}`
  const known = duplicate ? ', in the library already' : ''
  const locked = awaitsPassword ? `, ${awaitsPassword} scanned pages wait for the password` : ''
  return `${status.padEnd(10)} ${path}: "${title}", ${pages} pages, ${chunks} passages${known}${locked}`
}
