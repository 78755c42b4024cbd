import { createHash } from 'node:crypto'
import type { EmbeddingModelIdentity } from '../ports.ts'

/** True when vectors of the two may be compared. */
export function isSameModel(a: EmbeddingModelIdentity, b: EmbeddingModelIdentity): boolean {
  return a.name === b.name && a.weightsHash === b.weightsHash && a.dimension === b.dimension && a.prompt === b.prompt
}

/** A short name for an identity, fit for a folder: equal for equal ones and for no others. */
export function embeddingModelKey({ name, weightsHash, dimension, prompt }: EmbeddingModelIdentity): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, weightsHash, dimension, prompt]))
    .digest('hex')
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${words.slice(0, 40) || 'model'}-${hash.slice(0, 12)}`
}
