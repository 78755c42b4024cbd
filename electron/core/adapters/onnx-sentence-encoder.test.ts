import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OnnxGraph } from '../../../scripts/build-model/onnx-graph.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openSentenceEncoder } from './onnx-sentence-encoder.ts'
import type { ModelFolder } from './read-model-folder.ts'

/** A whole tokenizer of five words, each its own token. */
const TOKENIZER = {
  version: '1.0',
  added_tokens: [
    { id: 0, special: true, content: '[CLS]' },
    { id: 1, special: true, content: '[SEP]' },
    { id: 2, special: true, content: '[UNK]' },
  ].map((token) => ({ ...token, single_word: false, lstrip: false, rstrip: false, normalized: false })),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [0], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [1], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { '[CLS]': 0, '[SEP]': 1, '[UNK]': 2, north: 3, east: 4 },
  },
}

/** One vector a token: what a pooled result can be told by. */
const TOKEN_VECTORS = [
  [0, 3],
  [0, 0],
  [1, 1],
  [0, 4],
  [6, 0],
]

/** A model folder whose graph looks tokens up in TOKEN_VECTORS and gives them under `output`. */
function makeModel(options: {
  output: string
  inputs?: string[]
  pooling?: 'mean' | 'cls'
  prompt?: string
  dimension?: number
}) {
  const dir = temporaryFolder()
  const graph = new OnnxGraph('lookup')
  const [ids] = ['input_ids', ...(options.inputs ?? [])].map((name) => graph.input(name, 'int64', ['batch', 'seq']))
  const rows = graph.node('Gather', [graph.floats('vectors', [5, 2], TOKEN_VECTORS.flat()), ids as string])
  if (options.output === 'sentence_embedding') {
    graph.node('ReduceMax', [rows], { outputs: ['sentence_embedding'], attributes: { axes: [1], keepdims: 0 } })
    graph.output('sentence_embedding', 'float', ['batch', 2])
  }
  graph.node('Identity', [rows], { outputs: ['last_hidden_state'] })
  graph.output('last_hidden_state', 'float', ['batch', 'seq', 2])
  const weightsPath = join(dir, 'model.onnx')
  const tokenizerPath = join(dir, 'tokenizer.json')
  writeFileSync(weightsPath, graph.encode({ opset: 17, producer: 'test', metadata: {} }))
  writeFileSync(tokenizerPath, JSON.stringify(TOKENIZER))
  return {
    identity: { name: 'lookup', weightsHash: '', dimension: options.dimension ?? 2, prompt: options.prompt ?? '' },
    weightsPath,
    tokenizerPath,
    maxTokens: 5,
    pooling: options.pooling ?? 'mean',
  } satisfies ModelFolder
}

async function encodeWith(model: ModelFolder, text: string): Promise<number[]> {
  const encoder = await openSentenceEncoder(model)
  onTestFinished(() => encoder.close())
  return [...(await encoder.encode(text))]
}

const unitLength = (x: number, y: number) => [x, y].map((value) => Math.fround(value / Math.hypot(x, y)))

describe('openSentenceEncoder', () => {
  it('takes the mean over all tokens, at unit length', async () => {
    const model = makeModel({ output: 'last_hidden_state' })
    // [CLS] north east [SEP]: (0,3) + (0,4) + (6,0) + (0,0).
    expect(await encodeWith(model, 'North east')).toEqual(unitLength(6, 7))
  })

  it("takes the first token's vector where the model is pooled so", async () => {
    const model = makeModel({ output: 'last_hidden_state', pooling: 'cls' })
    expect(await encodeWith(model, 'east')).toEqual([0, 1])
  })

  it("prefers the graph's own sentence vector, whatever the pooling says", async () => {
    const model = makeModel({ output: 'sentence_embedding', pooling: 'cls' })
    expect(await encodeWith(model, 'north east')).toEqual(unitLength(6, 4))
  })

  it('feeds masks and token types to a graph that asks for them', async () => {
    const model = makeModel({ output: 'last_hidden_state', inputs: ['attention_mask', 'token_type_ids'] })
    expect(await encodeWith(model, 'east')).toEqual(unitLength(6, 3))
  })

  it('gives the signs of the tokens between the special ones, two and two, whichever output the vector is of', async () => {
    for (const output of ['last_hidden_state', 'sentence_embedding']) {
      const encoder = await openSentenceEncoder(makeModel({ output }))
      onTestFinished(() => encoder.close())
      // north (0,4), east (6,0), north (0,4) without a neighbour.
      const { vector, tokens } = await encoder.encodePassage('North east north')
      expect(vector).toEqual(await encoder.encode('North east north'))
      expect([...tokens]).toEqual([0b11, 0b10])
    }
  })

  it("gives a question's tokens at unit length, those of grammar and the special ones for little", async () => {
    const encoder = await openSentenceEncoder(makeModel({ output: 'last_hidden_state' }))
    onTestFinished(() => encoder.close())
    const { vector, tokens } = await encoder.encodeQuestion('north east')
    expect(vector).toEqual(await encoder.encode('north east'))
    // [CLS] (0,3), north (0,4), east (6,0), and [SEP], which has no direction here.
    expect([...(tokens?.vectors ?? [])]).toEqual([0, 1, 0, 1, 1, 0, 0, 0])
    expect([...(tokens?.weights ?? [])]).toEqual([0.35, 1, 1, 0].map(Math.fround))
  })

  it('puts the prompt before the text, inside the limit', async () => {
    const model = makeModel({ output: 'last_hidden_state', prompt: 'east ' })
    expect(await encodeWith(model, 'north')).toEqual(unitLength(6, 7))
    // Five ids: [CLS] east north north [SEP].
    expect(await encodeWith(model, 'north north north north')).toEqual(unitLength(6, 11))
  })

  it('gives the vector of every token, and which token stands at an offset', async () => {
    for (const output of ['last_hidden_state', 'sentence_embedding']) {
      const encoder = await openSentenceEncoder(makeModel({ output, prompt: 'east ' }))
      onTestFinished(() => encoder.close())
      const tokens = await encoder.encodeTokens('north east', [0, 6, 10])
      // [CLS] east north east [SEP]
      expect([...(tokens?.vectors ?? [])]).toEqual([0, 3, 6, 0, 0, 4, 6, 0, 0, 0])
      expect(tokens?.cuts).toEqual([2, 3, 4])
    }
  })

  it.each<[string, () => ModelFolder]>([
    ['a graph that is none', () => damagedModel()],
    ['an input that a text does not give', () => makeModel({ output: 'last_hidden_state', inputs: ['pixel_values'] })],
    ['vectors of another dimension', () => makeModel({ output: 'last_hidden_state', dimension: 7 })],
  ])('refuses %s', async (_, model) => {
    await expect(encodeWith(model(), 'north')).rejects.toMatchObject({ code: 'embedding-model-missing' })
  })

  it('fails rather than give a vector of zeros', async () => {
    const model = makeModel({ output: 'last_hidden_state', pooling: 'cls' })
    await expect(encodeWith({ ...model, maxTokens: 1 }, 'north')).rejects.toMatchObject({ code: 'internal' })
  })
})

function damagedModel(): ModelFolder {
  const model = makeModel({ output: 'last_hidden_state' })
  writeFileSync(model.weightsPath, 'not a graph')
  return model
}
