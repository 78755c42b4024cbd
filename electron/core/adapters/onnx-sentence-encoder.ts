import { InferenceSession, Tensor } from 'onnxruntime-node'
import { MOST_QUESTION_TOKENS, packTokenVectors, type QuestionTokens } from '../embedding/token-vectors.ts'
import { StudyError } from '../errors.ts'
import type { JudgedPair, PassageEmbedding, TokenVectors } from '../ports.ts'
import { STOPWORDS } from '../search/stopwords.ts'
import { modelUnusable } from './model-unusable.ts'
import type { ModelFolder } from './read-model-folder.ts'
import { openTextTokenizer, type TextTokenizer } from './tokenize-text.ts'

export interface SentenceEncoder {
  /** The text's vector, at unit length. Holds the calling thread while it runs. */
  encode(text: string): Promise<Float32Array<ArrayBuffer>>
  /** The same with the text's packed token vectors: empty where the graph pools by itself. */
  encodePassage(text: string): Promise<PassageEmbedding<ArrayBuffer>>
  encodeQuestion(text: string): Promise<{ vector: Float32Array<ArrayBuffer>; tokens: QuestionTokens | undefined }>
  /** The vectors of its tokens, and which token stands at each offset of `cuts`; undefined where the graph gives none. */
  encodeTokens(text: string, cuts: readonly number[]): Promise<TokenVectors | undefined>
  /** How likely a sentence answers a question, in log-odds; for a model whose graph gives `relevance`. */
  judge(pair: JudgedPair): Promise<number>
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
  const tokenOutput = PER_TOKEN.find((name) => session.outputNames.includes(name)) ?? output
  const { dimension, prompt } = model.identity

  /** The data of outputs, by their names. */
  async function run(ids: readonly number[], outputs: readonly string[]) {
    const results = await session.run(feedsOf(session, ids), [...new Set(outputs)])
    return (name: string) => (results[name] as Tensor).data as Float32Array
  }

  /** A row of `data` a token, in order; no tokens where the graph tells of none. */
  async function runTokens(text: string) {
    const { ids, tokens } = tokenizer.encodeTokens(prompt + text)
    const of = await run(ids, [output, tokenOutput])
    const data = of(tokenOutput)
    const vector = toUnitLength(pool(of(output), model))
    return { data, vector, tokens: data.length === ids.length * dimension ? tokens : [] }
  }

  /** For each cut, the count of tokens before it. Words end at cuts, so that the stretches between them can be counted apart. */
  function tokensBefore(text: string, cuts: readonly number[]): number[] {
    let count = tokenizer.around.before + (prompt === '' ? 0 : tokenizer.count(prompt))
    return cuts.map((cut, i) => {
      count += tokenizer.count(text.slice(cuts[i - 1] ?? 0, cut))
      return count
    })
  }

  return {
    async encode(text) {
      const of = await run(tokenizer.encode(prompt + text), [output])
      return toUnitLength(pool(of(output), model))
    },
    async encodePassage(text) {
      const { data, vector, tokens } = await runTokens(text)
      const { before, after } = tokenizer.around
      const own = tokens.map((_, i) => i).slice(before, tokens.length - after)
      const worded = own.filter((i) => isWorded(tokens[i] as string))
      return { vector, tokens: packTokenVectors(data, dimension, worded.length > 0 ? worded : own) }
    },
    async encodeQuestion(text) {
      const { data, vector, tokens } = await runTokens(text)
      if (tokens.length === 0) return { vector, tokens: undefined }
      const { before, after } = tokenizer.around
      const topical = tokens.map((token, i) => i >= before && i < tokens.length - after && tellsTopic(token))
      const chosen = chooseTokens(topical)
      const vectors = new Float32Array(chosen.length * dimension)
      const weights = new Float32Array(chosen.length)
      for (const [to, from] of chosen.entries()) {
        const row = data.subarray(from * dimension, (from + 1) * dimension)
        if (row.every((component) => component === 0)) continue
        vectors.set(toUnitLength(row), to * dimension)
        weights[to] = topical[from] ? 1 : LITTLE
      }
      return { vector, tokens: { vectors, weights, dimension, textTokenCount: tokens.length - before - after } }
    },
    async encodeTokens(text, cuts) {
      const ids = tokenizer.encode(prompt + text)
      const data = (await run(ids, [tokenOutput]))(tokenOutput)
      if (data.length !== ids.length * dimension) return undefined
      return {
        vectors: Float32Array.from(data),
        cuts: tokensBefore(text, cuts).map((count) => Math.min(ids.length - 1, count)),
      }
    },
    async judge(pair) {
      const [logOdds] = (await run(pairIds(tokenizer, pair), ['relevance']))('relevance')
      return logOdds as number
    },
    close: () => session.release(),
  }
}

/** Of a pair's texts, in tokens: what the judge was fitted with. */
const MOST_TOKENS = { question: 32, sentence: 72, before: 32 }

/** The ids by which the judge reads a pair. */
export function pairIds(
  tokenizer: Pick<TextTokenizer, 'encodeParts'>,
  { question, sentence, before }: JudgedPair,
): number[] {
  return tokenizer.encodeParts([
    { text: question, most: MOST_TOKENS.question, keep: 'start' },
    { text: sentence, most: MOST_TOKENS.sentence, keep: 'start' },
    { text: before, most: MOST_TOKENS.before, keep: 'end' },
  ])
}

/** What a token of grammar, or of the model's own, counts for beside one of the topic. */
const LITTLE = 0.35

/** The tokens that are compared, in order: all, or the first of a long question that tell its topic. */
function chooseTokens(topical: readonly boolean[]): number[] {
  const all = [...topical.keys()]
  if (all.length <= MOST_QUESTION_TOKENS) return all
  return all
    .sort((a, b) => Number(topical[b]) - Number(topical[a]) || a - b)
    .slice(0, MOST_QUESTION_TOKENS)
    .sort((a, b) => a - b)
}

/** WordPiece marks what goes on with a word, SentencePiece what begins one. */
const plainToken = (token: string) => token.replace(/^(?:##|▁|Ġ)/, '')
const isWorded = (token: string) => /[\p{L}\p{N}]/u.test(plainToken(token))
const tellsTopic = (token: string) => isWorded(token) && !STOPWORDS.has(plainToken(token).toLowerCase())

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

const PER_TOKEN = ['last_hidden_state', 'token_embeddings']

/** A graph that pools by itself says so by this name; any other gives one vector a token first. */
function chooseOutput(session: InferenceSession): string {
  const preferred = ['sentence_embedding', ...PER_TOKEN]
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
