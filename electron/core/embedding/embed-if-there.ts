import { StudyError } from '../errors.ts'
import type { CutText, Embedder, TokenVectors } from '../ports.ts'
import { isModelAway } from './model-away.ts'

type Options = NonNullable<Parameters<Embedder['embed']>[1]>

/**
 * Unit vectors of the texts, in order; undefined where there is no embedding model, or it went away or fell over a
 * text: what asks then goes by words alone. Throws StudyError `cancelled`.
 */
export function embedIfThere(
  embedder: Embedder | undefined,
  texts: readonly string[],
  options: Options,
): Promise<Float32Array[] | undefined> {
  return ifThere(() => embedder?.embed(texts, options))
}

/** The same of the vectors of their tokens; undefined for a model that gives none, too. */
export function embedTokensIfThere(
  embedder: Embedder,
  texts: readonly CutText[],
  options: Options,
): Promise<(TokenVectors | undefined)[] | undefined> {
  return ifThere(() => embedder.embedTokens?.(texts, options))
}

/** What a model makes; undefined where there is none, or it went away or fell. Throws StudyError `cancelled`. */
export async function ifThere<Result>(embed: () => Promise<Result> | undefined): Promise<Result | undefined> {
  try {
    return await embed()
  } catch (error) {
    // `internal` is a worker thread that died: the next text gets a new one, this question need not wait for it.
    if (isModelAway(error) || (error instanceof StudyError && error.code === 'internal')) return undefined
    throw error
  }
}
