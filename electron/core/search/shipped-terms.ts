import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StudyError } from '../errors.ts'
import type { TermGroup } from './term-groups.ts'

const TermsFile = z.object({ same: z.array(z.array(z.string()).min(2)), near: z.array(z.array(z.string()).min(2)) })

/**
 * The terms that ship with the app: `search/terms.json` of the resources. A folder
 * without it has none. Throws StudyError `internal` for a file that can't be read as such.
 */
export function readShippedTerms(resourcesDir: string): TermGroup[] {
  const file = join(resourcesDir, 'search', 'terms.json')
  if (!existsSync(file)) return []
  try {
    const { same, near } = TermsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    const groups = (kind: TermGroup['kind'], lists: readonly string[][]) =>
      lists.map((terms): TermGroup => ({ id: `${kind}:${terms.join('|')}`, kind, terms }))
    return [...groups('same', same), ...groups('near', near)]
  } catch (error) {
    throw new StudyError('internal', `The search terms that ship with the app (${file}) could not be read.`, {
      cause: error,
    })
  }
}
