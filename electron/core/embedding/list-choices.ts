import type { EmbeddingChoice, EmbeddingChoices } from '#contract/embedding.ts'
import { isCancelled, toStudyError } from '../errors.ts'
import { type ChosenModels, isSameChoice } from './chosen-models.ts'
import { BUILT_IN_MODEL } from './open-embedder.ts'

export type ListOllama = (signal?: AbortSignal) => Promise<{ name: string; byteSize: number; local: boolean }[]>

/** What can be chosen: the model that ships, those of Ollama, and what is chosen now, be it there or not. */
export async function listChoices(
  chosen: ChosenModels,
  listOllama: ListOllama,
  signal?: AbortSignal,
): Promise<EmbeddingChoices> {
  const models: EmbeddingChoices['models'] = [{ choice: { kind: 'built-in' }, name: BUILT_IN_MODEL, local: true }]
  let ollamaMessage: string | undefined
  try {
    const found = await listOllama(signal)
    models.push(
      ...found.map(({ name, byteSize, local }) => {
        const choice: EmbeddingChoice = { kind: 'ollama', model: name }
        return { choice, name, byteSize, local }
      }),
    )
  } catch (error) {
    if (isCancelled(error)) throw error
    ollamaMessage = toStudyError(error).message
  }
  for (const { choice, identity } of [chosen.serving, ...(chosen.next ? [chosen.next] : [])]) {
    if (models.some((model) => isSameChoice(model.choice, choice))) continue
    const name = choice.kind === 'folder' ? choice.path : (identity?.name ?? BUILT_IN_MODEL)
    models.push({ choice, name, local: true })
  }
  return { models, ...(ollamaMessage !== undefined && { ollamaMessage }) }
}
