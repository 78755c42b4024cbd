import type { ChatEvent, LanguageModel } from '../ports.ts'

/** The model as answers use it: heavy work rests while a person waits for words. `answering` gives its release. */
export function yieldToAnswers(model: LanguageModel, answering: () => () => void): LanguageModel {
  async function* chatAlone(request: Parameters<LanguageModel['chat']>[0]): AsyncGenerator<ChatEvent> {
    const release = answering()
    try {
      yield* model.chat(request)
    } finally {
      release()
    }
  }
  return {
    ...model,
    chat: (request) => (request.priority === 'question' ? chatAlone(request) : model.chat(request)),
  }
}
