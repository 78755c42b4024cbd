import { resolve } from 'node:path'
import type { ImportOutcome } from '#contract/documents.ts'
import { type CollectionId, DocumentId } from '#contract/ids.ts'
import { StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED, exitCodeOf } from './exit-codes.ts'
import { asLine, finishImports } from './finish-imports.ts'
import { type CommandContext, withCore } from './with-core.ts'

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
    const documents = await finishImports(core, outcomes, context, options)
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

function collectionNamed(core: StudyCore, name: string): CollectionId {
  const existing = core.documents
    .collections()
    .find((collection) => collection.name.toLowerCase() === name.toLowerCase())
  return (existing ?? core.documents.createCollection({ name })).id
}
