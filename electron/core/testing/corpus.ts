import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Beside the checkout, unless ABHYAS_CORPUS names another folder. */
const CORPUS_DIR = process.env.ABHYAS_CORPUS ?? fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url))

/**
 * The path of a real document kept beside the checkout, or undefined: then it
 * says once, by name, what is skipped. Use as `it.skipIf(!file)(…)`.
 */
export function corpusFile(...parts: string[]): string | undefined {
  const file = join(CORPUS_DIR, ...parts)
  if (existsSync(file)) return file
  console.warn(`skipped: the corpus file ${parts.join('/')} is not on this machine`)
  return undefined
}
