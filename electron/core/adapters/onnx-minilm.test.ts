import { cpSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../ops/system-clock.ts'
import type { Embedder } from '../ports.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeOnnxAnswerJudge, openOnnxEmbedder } from './onnx-minilm.ts'

const MODEL_DIR = fileURLToPath(new URL('../../../resources/models/all-MiniLM-L6-v2', import.meta.url))
const JUDGE_DIR = fileURLToPath(new URL('../../../resources/models/answer-judge', import.meta.url))

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) throw new Error('A vector is missing.')
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
}

describe('openOnnxEmbedder', () => {
  let embedder: Embedder
  beforeAll(async () => {
    embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  })
  afterAll(() => embedder.close())

  it('names the model that its vectors are kept under', () => {
    expect(embedder.identity).toEqual({
      name: 'all-MiniLM-L6-v2',
      weightsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      dimension: 384,
      prompt: '',
    })
  })

  it('gives one vector of unit length a text, in order', async () => {
    const texts = ['The Rajya Sabha is a permanent body.', 'x', '', 'भारत का संविधान', 'word '.repeat(400)]
    const vectors = await embedder.embed(texts)
    expect(vectors).toHaveLength(texts.length)
    for (const vector of vectors) {
      expect(vector).toBeInstanceOf(Float32Array)
      expect(vector).toHaveLength(384)
      expect(cosine(vector, vector)).toBeCloseTo(1, 5)
    }
    const [again] = await embedder.embed([texts[3] as string])
    expect(again).toEqual(vectors[3])
  })

  it('gives a text the very same vector in any company and order', async () => {
    const texts = [
      'Directive Principles guide the State in making laws.',
      'GST',
      `A long passage. ${'Rivers carry silt to the plains and build deltas at the sea. '.repeat(20)}`,
      'What is the repo rate?',
    ]
    const forwards = await embedder.embed(texts)
    const backwards = await embedder.embed(texts.toReversed())
    expect(backwards.toReversed()).toEqual(forwards)
    for (const [i, text] of texts.entries()) {
      const [alone] = await embedder.embed([text], { priority: 'question' })
      expect(alone).toEqual(forwards[i])
    }
  })

  it.each([
    [
      'Who decides disputes between the Centre and the states?',
      'The Supreme Court has original jurisdiction in quarrels between the Union and its states.',
      'Cotton grows well on black soil.',
    ],
    [
      'Why does it rain so much in Kerala in June?',
      'The southwest monsoon first strikes the Malabar coast at the beginning of summer rains.',
      'The Lok Sabha elects its Speaker.',
    ],
    [
      'The central bank raised interest rates to curb price rise.',
      'To control inflation, the RBI made borrowing costlier.',
      'Emperor Ashoka renounced war after Kalinga.',
    ],
    [
      'How do plants make their food?',
      'Photosynthesis turns sunlight, water and carbon dioxide into glucose.',
      'The Finance Commission recommends how taxes are shared.',
    ],
    [
      'The Constitution can be amended by Parliament under Article 368.',
      'Lawmakers may change the basic law by the procedure laid down in Article 368.',
      'Coral reefs bleach when the sea grows warm.',
    ],
  ])('puts %j nearer to its paraphrase than to another subject', async (text, paraphrase, unrelated) => {
    const [a, b, c] = await embedder.embed([text, paraphrase, unrelated])
    expect(cosine(a, b)).toBeGreaterThan(cosine(a, c) + 0.2)
  })

  it('reads the beginning of a text that is far too long, and only that', async () => {
    const beginning = 'The Preamble declares India a sovereign, socialist, secular, democratic republic. '.repeat(30)
    const [first, second] = await embedder.embed([
      beginning + 'Volcanoes erupt. '.repeat(2500),
      beginning + 'Monsoon winds blow. '.repeat(1700),
    ])
    expect(first).toEqual(second)
  })

  it('answers no texts with no vectors', async () => {
    expect(await embedder.embed([])).toEqual([])
  })
})

describe('openOnnxEmbedder on a damaged model', () => {
  const copyModel = () => {
    const dir = join(temporaryFolder(), 'model')
    cpSync(MODEL_DIR, dir, { recursive: true })
    return dir
  }

  it('says so at once where the manifest shows it', async () => {
    const modelDir = copyModel()
    truncateSync(join(modelDir, 'onnx/model_int8.onnx'), 1_000_000)
    await expect(openOnnxEmbedder({ modelDir })).rejects.toMatchObject({
      code: 'embedding-model-missing',
      message: expect.stringContaining('Run "npm run build-model" or reinstall the app'),
    })
  })

  it('says so with the first text where only loading shows it', async () => {
    const modelDir = join(temporaryFolder(), 'no-manifest')
    cpSync(MODEL_DIR, modelDir, { recursive: true, filter: (source) => !source.endsWith('manifest.json') })
    writeFileSync(join(modelDir, 'onnx/model_int8.onnx'), 'not a graph')
    const embedder = await openOnnxEmbedder({ modelDir })
    onTestFinished(() => embedder.close())
    const failure = { code: 'embedding-model-missing', message: expect.stringContaining('does not load') }
    await expect(embedder.embed(['a', 'b', 'c'])).rejects.toMatchObject(failure)
    await expect(embedder.embed(['again'])).rejects.toMatchObject(failure)
  })
})

describe('makeOnnxAnswerJudge', () => {
  const question = 'Who chaired the Drafting Committee of the Constitution?'
  const pairs = [
    { question, sentence: 'B.R. Ambedkar was the chairman of the Drafting Committee.', before: 'The making.' },
    { question, sentence: 'The Drafting Committee sat for many days in New Delhi.', before: 'The making.' },
  ]

  it('puts a sentence that answers over one that does not, the same whatever is read beside it', async () => {
    const judge = makeOnnxAnswerJudge({ modelDir: JUDGE_DIR, clock: systemClock })
    onTestFinished(() => judge.close())
    const [answer = Number.NaN, other = Number.NaN] = await judge.judge(pairs)
    expect(answer).toBeGreaterThan(other + 1)
    expect(await judge.judge(pairs.toReversed())).toEqual([other, answer])
    expect(await judge.judge([])).toEqual([])
  })

  it('says so where its folder is missing, and closes all the same', async () => {
    const judge = makeOnnxAnswerJudge({ modelDir: join(temporaryFolder(), 'none'), clock: systemClock })
    judge.warm?.()
    await expect(judge.judge(pairs)).rejects.toMatchObject({ code: 'embedding-model-missing' })
    await judge.close()
  })

  it('lets go of its thread after a while, and gets it again', async () => {
    let rest = () => {}
    const sleep = () =>
      new Promise<void>((resolve) => {
        rest = resolve
      })
    const judge = makeOnnxAnswerJudge({ modelDir: JUDGE_DIR, clock: { sleep } })
    onTestFinished(() => judge.close())
    const first = await judge.judge(pairs)
    rest()
    expect(await judge.judge(pairs)).toEqual(first)
  })

  it('stops reading when it is told to', async () => {
    const judge = makeOnnxAnswerJudge({ modelDir: JUDGE_DIR, clock: systemClock })
    onTestFinished(() => judge.close())
    const stopping = new AbortController()
    const judging = judge.judge(
      Array.from({ length: 200 }, () => pairs[0] as (typeof pairs)[number]),
      { signal: stopping.signal },
    )
    stopping.abort()
    await expect(judging).rejects.toMatchObject({ code: 'cancelled' })
  })
})
