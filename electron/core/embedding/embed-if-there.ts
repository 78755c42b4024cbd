import type { Embedder } from '../ports.ts'
import { isModelAway } from './model-away.ts'

/**
 * Unit vectors of the texts, in order; undefined where there is no embedding model, or it went away: what asks
 * then goes by words alone. Throws StudyError: `cancelled`, and what is wrong with a model that is there.
 */
export async function embedIfThere(
  embedder: Embedder | undefined,
  texts: readonly string[],
  options: NonNullable<Parameters<Embedder['embed']>[1]>,
): Promise<Float32Array[] | undefined> {
  try {
    return await embedder?.embed(texts, options)
  } catch (error) {
    if (isModelAway(error)) return undefined
    throw error
  }
}
