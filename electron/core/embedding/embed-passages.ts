import type { Embedder, EmbedOptions } from '../ports.ts'

/** A text's vector as it is kept; `tokens` only of a model that gives them. */
export interface EmbeddedPassage {
  vector: Float32Array
  tokens?: Uint8Array
}

/** Whether passages of a model are kept with their token vectors. */
export const givesTokens = (embedder: Pick<Embedder, 'embedPassages'>): boolean => embedder.embedPassages !== undefined

/** All that a model gives of passages. Throws what `embed` throws. */
export async function embedPassages(
  embedder: Embedder,
  texts: readonly string[],
  options: EmbedOptions,
): Promise<EmbeddedPassage[]> {
  if (embedder.embedPassages) return await embedder.embedPassages(texts, options)
  const vectors = await embedder.embed(texts, options)
  return vectors.map((vector) => ({ vector }))
}
