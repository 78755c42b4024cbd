import type { AskEngine } from '#contract/ask.ts'
import type { ModelStatus } from '#contract/system.ts'

type Away = Exclude<ModelStatus['state'], 'ready'>

/** Who will answer if a question is asked now, and why it is not the model where that was wished. */
export type EngineTold =
  | { answers: 'model'; model: string; local: boolean; answerMs: number | undefined }
  | { answers: 'sentences'; why: Away | undefined }
  | { answers: 'away'; why: Away }
  | { answers: 'unknown' }

export function describeEngine(engine: AskEngine, status: ModelStatus | undefined): EngineTold {
  if (engine === 'extractive') return { answers: 'sentences', why: undefined }
  if (!status) return { answers: 'unknown' }
  if (status.state !== 'ready') return { answers: engine === 'ollama' ? 'away' : 'sentences', why: status.state }
  const model = status.models.find(({ name }) => name === status.model)
  return { answers: 'model', model: status.model ?? 'Ollama', local: model?.local ?? true, answerMs: status.answerMs }
}
