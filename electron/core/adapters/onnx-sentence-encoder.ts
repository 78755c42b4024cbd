import { InferenceSession, Tensor } from 'onnxruntime-node'
import { StudyError } from '../errors.ts'
import { type ModelFolder, modelUnusable } from './read-model-folder.ts'
import { openTextTokenizer } from './tokenize-text.ts'

export interface SentenceEncoder {
  /** The text's vector, at unit length. Holds the calling thread while it runs. */
  encode(text: string): Promise<Float32Array<ArrayBuffer>>
  close(): Promise<void>
}

/**
 * Loads a sentence-embedding model into the calling thread. One text a run and
 * one thread a session: texts in one batch would pad each other, and a second
 * thread inside a run gains less than a second session.
 * Throws StudyError `embedding-model-missing` when the model does not load.
 */
export async function openSentenceEncoder(model: ModelFolder): Promise<SentenceEncoder> {
  const tokenizer = openTextTokenizer(model.tokenizerPath, model.maxTokens)
  const session = await openSession(model.weightsPath)
  const output = chooseOutput(session)

  return {
    async encode(text) {
      const ids = tokenizer.encode(model.identity.prompt + text)
      const results = await session.run(feedsOf(session, ids), [output])
      const { data } = results[output] as Tensor
      return toUnitLength(pool(data as Float32Array, model))
    },
    close: () => session.release(),
  }
}

async function openSession(weightsPath: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(weightsPath, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // A memory plan is made for each length of input, and texts have all lengths.
      enableMemPattern: false,
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    })
  } catch (cause) {
    throw modelUnusable(`${weightsPath} does not load`, cause)
  }
}

/** A graph that pools by itself says so by this name; any other gives one vector a token first. */
function chooseOutput(session: InferenceSession): string {
  const preferred = ['sentence_embedding', 'last_hidden_state', 'token_embeddings']
  const known = preferred.find((name) => session.outputNames.includes(name))
  return known ?? (session.outputNames[0] as string)
}

function feedsOf(session: InferenceSession, ids: readonly number[]): Record<string, Tensor> {
  const row = (values: BigInt64Array) => new Tensor('int64', values, [1, ids.length])
  const feeds: Record<string, Tensor> = {}
  for (const name of session.inputNames) {
    if (name === 'input_ids') feeds[name] = row(BigInt64Array.from(ids, BigInt))
    else if (name === 'attention_mask') feeds[name] = row(new BigInt64Array(ids.length).fill(1n))
    else if (name === 'token_type_ids') feeds[name] = row(new BigInt64Array(ids.length))
    else throw modelUnusable(`its graph asks for an input "${name}" that a text does not give`)
  }
  return feeds
}

/** One vector from the output's rows: as it is, the first row, or the mean (nothing is padding in a batch of one). */
function pool(data: Float32Array, { pooling, identity }: ModelFolder): Float32Array {
  const { dimension } = identity
  const rowCount = data.length / dimension
  if (rowCount < 1 || !Number.isInteger(rowCount)) {
    throw modelUnusable(`its vectors are not of the dimension ${dimension} that its configuration names`)
  }
  if (rowCount === 1 || pooling === 'cls') return data.slice(0, dimension)
  const sum = new Float32Array(dimension)
  for (let i = 0; i < data.length; i++) sum[i % dimension] = (sum[i % dimension] as number) + (data[i] as number)
  return sum
}

function toUnitLength(vector: Float32Array): Float32Array<ArrayBuffer> {
  const length = Math.sqrt(vector.reduce((sum, component) => sum + component * component, 0))
  if (!(length > 0 && Number.isFinite(length))) {
    throw new StudyError('internal', 'The embedding model gave a vector without a direction for a text.')
  }
  return Float32Array.from(vector, (component) => component / length)
}
