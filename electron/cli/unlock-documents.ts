import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { StudyError } from '../core/errors.ts'
import { IMPORT_DOCUMENT } from '../core/ingest/import-document.ts'
import { RECOGNISE_DOCUMENT } from '../core/ingest/recognise-document.ts'
import type { StudyCore } from '../core/study-core.ts'
import { askPassword, readPasswordLine } from './read-password.ts'
import type { CommandContext } from './with-core.ts'

const MOST_TRIES = 3

/**
 * Opens the locked ones among documents: with the password on the standard input
 * where that was promised, else by asking on a terminal, three times a file at
 * most. What stays locked waits for its password in the library. Scans are
 * recognised before the command ends: the password goes with it.
 */
export async function unlockDocuments(
  core: StudyCore,
  documentIds: readonly DocumentId[],
  { terminal, signal }: CommandContext,
  { passwordStdin = false }: { passwordStdin?: boolean },
): Promise<void> {
  const locked = documentIds
    .map((documentId) => core.documents.get({ documentId }))
    .filter(({ failure, recognition }) => failure?.code === 'file-encrypted' || recognition?.awaitsPassword)
  if (locked.length === 0) return
  const canAsk = !terminal.json && process.stdin.isTTY === true && !passwordStdin
  if (!canAsk && !passwordStdin) return
  const given = passwordStdin ? await readPasswordLine() : undefined
  for (const document of locked) {
    if (signal.aborted) return
    const opened = canAsk ? await askAndUnlock(core, document, signal) : await unlock(core, document, given, signal)
    if (opened) await finishImport(core, document.id, signal)
  }
}

async function askAndUnlock(core: StudyCore, document: Document, signal: AbortSignal): Promise<boolean> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const again = tries > 1 ? 'That is not its password. ' : ''
    const password = await askPassword(`${again}Password of "${document.title}" (empty to skip): `, signal)
    if (password === undefined) return false
    if (await unlock(core, document, password, signal)) return true
  }
  return false
}

async function unlock(
  core: StudyCore,
  { id: documentId }: Document,
  password: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (password === undefined) return false
  try {
    await core.documents.unlock({ documentId, password }, signal)
    return true
  } catch (error) {
    if (error instanceof StudyError && error.code === 'wrong-password') return false
    throw error
  }
}

async function finishImport(core: StudyCore, documentId: DocumentId, signal: AbortSignal): Promise<void> {
  for (const kind of [IMPORT_DOCUMENT, RECOGNISE_DOCUMENT]) {
    const job = core.jobs.list().find((job) => job.documentId === documentId && job.kind === kind)
    if (job) await core.jobs.finished(job.id, signal)
  }
}
