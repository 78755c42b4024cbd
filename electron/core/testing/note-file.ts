import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/** A short Markdown note in a folder of its own: the smallest document there is. */
export function noteFile(name = 'Notes.md', text = '# Rights\n\nEquality comes first.\n'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, text)
  return path
}
