import { join } from 'node:path'
import type { EmbeddingChoice } from '#contract/embedding.ts'
import { type OllamaEmbedderOptions, openOllamaEmbedder } from '../adapters/ollama-embedder.ts'
import { openOnnxEmbedder } from '../adapters/onnx-minilm.ts'
import type { Embedder, EmbeddingModelIdentity } from '../ports.ts'

/** From the resources folder: the model that ships. */
export const BUILT_IN_MODEL = 'all-MiniLM-L6-v2'
/** …and that model fitted to judge answers. */
export const ANSWER_JUDGE = 'answer-judge'

export interface EmbedderSources extends Pick<OllamaEmbedderOptions, 'settings' | 'clock' | 'shared'> {
  resourcesDir: string
  /** In the place of the model that ships. */
  builtIn?: Embedder
}

/**
 * Opens the model of a choice. `known` is its identity where it was used before: a server that
 * is away then keeps nothing from opening. Throws StudyError: `embedding-model-missing` for a
 * folder that can't be used, and what is wrong with Ollama or its model.
 */
export function openEmbedder(
  choice: EmbeddingChoice,
  { resourcesDir, builtIn, settings, clock, shared }: EmbedderSources,
  known?: EmbeddingModelIdentity,
): Promise<Embedder> {
  if (choice.kind === 'built-in' && builtIn) return Promise.resolve(builtIn)
  switch (choice.kind) {
    case 'built-in':
      return openOnnxEmbedder({ modelDir: join(resourcesDir, 'models', BUILT_IN_MODEL) })
    case 'folder':
      return openOnnxEmbedder({ modelDir: choice.path })
    case 'ollama':
      return openOllamaEmbedder({ model: choice.model, settings, clock, shared, ...(known && { identity: known }) })
  }
}
