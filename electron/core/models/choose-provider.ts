import type { ModelStatus, Settings } from '#contract/system.ts'
import type { ModelProvider } from '#contract/usage.ts'
import { StudyError } from '../errors.ts'
import type { LanguageModel } from '../ports.ts'

const TURNED_OFF =
  'No language model is used: answers are put together from sentences of your documents. Choose one in Settings → Models.'

/** No model at all: who asks it is answered by the documents' own sentences. */
export const extractiveModel: LanguageModel = {
  async status(): Promise<ModelStatus> {
    return { state: 'off', provider: 'extractive', problem: 'turned-off', url: '', models: [], message: TURNED_OFF }
  },
  // biome-ignore lint/correctness/useYield: it has nothing to say.
  async *chat() {
    throw new StudyError('model-refused', TURNED_OFF)
  },
}

/** The model of the provider that the settings name, looked up at each use. */
export function chooseProvider(
  settings: () => Pick<Settings, 'provider'>,
  models: Record<ModelProvider, LanguageModel>,
): Required<LanguageModel> {
  const chosen = () => models[settings().provider]
  return {
    status: (signal, how) => chosen().status(signal, how),
    chat: (request) => chosen().chat(request),
    tryAgain: () => chosen().tryAgain?.(),
  }
}
