import type { EmbeddingChoice, EmbeddingChoices } from '#contract/embedding.ts'

/** Stands for a folder that is yet to be named. */
export const FOLDER = 'folder'

export type PickableModel = EmbeddingChoices['models'][number] & { key: string }

const keyOf = (choice: EmbeddingChoice): string =>
  choice.kind === 'built-in' ? choice.kind : `${choice.kind}:${choice.kind === 'folder' ? choice.path : choice.model}`

/** What can be chosen in the place of the model in use. */
export function pickableModels(models: EmbeddingChoices['models'], inUse: EmbeddingChoice): PickableModel[] {
  return models.map((model) => ({ ...model, key: keyOf(model.choice) })).filter(({ key }) => key !== keyOf(inUse))
}

/** The choice that was picked; undefined while a folder has no name. */
export function choiceOf(
  picked: string | null,
  folder: string,
  models: readonly PickableModel[],
): EmbeddingChoice | undefined {
  if (picked !== FOLDER) return models.find(({ key }) => key === picked)?.choice
  const path = folder.trim()
  return path === '' ? undefined : { kind: 'folder', path }
}
