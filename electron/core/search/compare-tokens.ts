import { compareTokenVectors, type QuestionTokens } from '../embedding/token-vectors.ts'
import type { EmbeddingModelIdentity } from '../ports.ts'
import type { ReadDb } from '../store/connection.ts'
import { findEmbeddingModelId, readTokenVectors } from '../store/vectors.rows.ts'

/**
 * How near passages are to a question, token by token, as `compareTokenVectors` has it. Undefined where one of them
 * has no token vectors (yet): what is ranked together must be measured alike.
 */
export function compareTokens(
  db: ReadDb,
  identity: EmbeddingModelIdentity,
  question: QuestionTokens,
  chunkIds: readonly number[],
): ReadonlyMap<number, number> | undefined {
  const modelId = findEmbeddingModelId(db, identity)
  if (modelId === undefined) return undefined
  const rows = readTokenVectors(db, modelId, chunkIds)
  const compared = compareTokenVectors(
    question,
    rows.map(({ tokens }) => tokens),
  )
  const nearness = new Map<number, number>()
  for (const [i, { chunkId }] of rows.entries()) {
    const near = compared[i]
    if (near === undefined) return undefined
    nearness.set(chunkId, near)
  }
  return chunkIds.every((id) => nearness.has(id)) ? nearness : undefined
}
