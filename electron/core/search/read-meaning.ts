import type { SearchMode } from '#contract/search.ts'
import { isModelAway } from '../embedding/model-away.ts'
import { makeHindiTest } from '../embedding/reads-hindi.ts'
import type { QuestionTokens } from '../embedding/token-vectors.ts'
import type { Embedder, EmbeddingModelIdentity, EmbedOptions } from '../ports.ts'
import type { LibraryIndex } from './library-index.ts'
import type { UnderstoodQuery } from './understand-query.ts'

/** A text's vectors with what they may be compared with. */
export interface TextMeaning {
  vector: Float32Array
  tokens: QuestionTokens | undefined
  index: LibraryIndex
  identity: EmbeddingModelIdentity
}

export interface MeaningReader {
  /**
   * What a text means to the model in use; undefined while it is away. `byWords`: the words alone are to rank, as the vector would tell nothing: that was asked
   * for, or it is Hindi in Latin letters, or Hindi and the model does not read it.
   */
  read(
    text: Pick<UnderstoodQuery, 'meaning' | 'hindi' | 'soundShare'>,
    mode: SearchMode,
    signal?: AbortSignal,
  ): Promise<{ meaning: TextMeaning | undefined; byWords: boolean }>
}

export interface MeaningReaderOptions {
  embedder: () => Embedder | undefined
  index: () => LibraryIndex | undefined
}

/** Begins to embed before it first waits, where the query is not Hindi: the words can be looked for meanwhile. */
export function makeMeaningReader({ embedder, index }: MeaningReaderOptions): MeaningReader {
  const readsHindi = makeHindiTest()

  async function ofText(text: string, signal?: AbortSignal): Promise<TextMeaning | undefined> {
    // Taken before the wait: another model may serve after it.
    const [model, vectors] = [embedder(), index()]
    if (!model || !vectors || text === '') return undefined
    const belongs = { index: vectors, identity: model.identity }
    if (model.embedQuestion) {
      const question = await unlessAway(model.embedQuestion(text, { ...(signal && { signal }) }))
      return question && { ...question, ...belongs }
    }
    const [vector] = (await unlessAway(model.embed([text], asQuestion(signal)))) ?? []
    return vector && { vector, tokens: undefined, ...belongs }
  }

  return {
    async read({ meaning, hindi, soundShare }, mode, signal) {
      const model = embedder()
      if (mode === 'keyword') return { meaning: undefined, byWords: true }
      if (mode === 'hybrid' && model) {
        const isRead = hindi ? await unlessAway(readsHindi(model, asQuestion(signal))) : soundShare < 1
        if (!isRead) return { meaning: undefined, byWords: isRead === false }
      }
      return { meaning: await ofText(meaning, signal), byWords: false }
    },
  }
}

const asQuestion = (signal: AbortSignal | undefined): EmbedOptions => ({
  priority: 'question',
  ...(signal && { signal }),
})

async function unlessAway<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isModelAway(error)) return undefined
    throw error
  }
}
