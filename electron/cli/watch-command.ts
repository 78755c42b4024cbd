import { resolve } from 'node:path'
import type { WatchedFolder, WatchMode } from '#contract/folders.ts'
import { StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from './exit-codes.ts'
import { asLine, finishImports } from './finish-imports.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas watch [list | add FOLDER | remove FOLDER | scan [FOLDER]]`: the folders whose new files are offered or imported. */
export function watchCommand(
  context: CommandContext,
  [action = 'list', folder]: string[],
  { mode = 'offer', import: takesAll = false }: { mode?: WatchMode; import?: boolean },
): Promise<number> {
  switch (action) {
    case 'list':
      return withCore(context, { work: false }, async (core) => tell(context, core.folders.list()))
    case 'add':
      return withCore(context, { work: false }, async (core) =>
        tell(context, [await core.folders.add({ path: resolve(pathOf(action, folder)), mode })]),
      )
    case 'remove':
      return withCore(context, { work: false }, async (core) => {
        core.folders.remove({ folderId: find(core, pathOf(action, folder)).id })
        return tell(context, core.folders.list())
      })
    case 'scan':
      return withCore(context, { work: true }, (core) => scan(core, context, folder, takesAll))
    default:
      throw new StudyError('bad-input', `unknown action '${action}': list, add FOLDER, remove FOLDER or scan.`)
  }
}

/** Looks now; imports what is to be imported, and with `takesAll` what is only offered too. */
async function scan(
  core: StudyCore,
  context: CommandContext,
  folder: string | undefined,
  takesAll: boolean,
): Promise<number> {
  const { signal, terminal } = context
  const folderId = folder === undefined ? undefined : find(core, folder).id
  const outcomes = await core.folders.scan({ folderId, takesAll }, signal)
  const imported = await finishImports(core, outcomes, context)
  const folders = core.folders.list().filter(({ id }) => folderId === undefined || id === folderId)
  terminal.result({ folders, imported }, () => [...imported.map(asLine), ...linesOf(folders)])
  if (signal.aborted) return EXIT_INTERRUPTED
  return imported.every(({ status }) => status === 'ready') ? EXIT_OK : EXIT_SOME_FAILED
}

function pathOf(action: string, folder: string | undefined): string {
  if (folder === undefined) throw new StudyError('bad-input', `which folder? abhyas watch ${action} FOLDER`)
  return folder
}

/** A watched folder by its path or its id. */
function find(core: StudyCore, folder: string): WatchedFolder {
  const path = resolve(folder)
  const found = core.folders.list().find((each) => each.path === path || each.id === folder)
  if (!found) throw new StudyError('not-found', `${folder} is not watched. See: abhyas watch`)
  return found
}

function tell({ terminal }: CommandContext, folders: readonly WatchedFolder[]): number {
  terminal.result({ folders }, () => linesOf(folders))
  return EXIT_OK
}

const STATES: Record<WatchedFolder['state'], string> = {
  watching: '',
  partly: ', too many files: only a part is watched',
  missing: ', not there now',
  unreadable: ', can’t be read',
}

function linesOf(folders: readonly WatchedFolder[]): string[] {
  if (folders.length === 0) return ['No folder is watched: abhyas watch add FOLDER']
  return folders.flatMap(({ path, mode, state, newFiles }) => [
    `${mode.padEnd(6)}  ${path}${STATES[state]}${newFiles.length > 0 ? `, ${newFiles.length} new` : ''}`,
    ...newFiles.map((file) => `          ${file}`),
  ])
}
