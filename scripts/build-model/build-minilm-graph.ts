import { z } from 'zod'
import { addFloatDense, addInt8Dense, type DenseInput, type DenseWeights } from './dense-layer.ts'
import { OnnxGraph } from './onnx-graph.ts'
import { quantizeRows } from './quantize-rows.ts'
import type { Safetensors, WeightTensor } from './read-safetensors.ts'

/** The part of a BERT checkpoint's config.json that decides the graph; any other kind of model is refused. */
export const BertConfig = z.object({
  model_type: z.literal('bert'),
  hidden_act: z.literal('gelu'),
  position_embedding_type: z.literal('absolute').default('absolute'),
  hidden_size: z.number().int().positive(),
  num_attention_heads: z.number().int().positive(),
  num_hidden_layers: z.number().int().positive(),
  vocab_size: z.number().int().positive(),
  max_position_embeddings: z.number().int().positive(),
  layer_norm_eps: z.number().positive(),
})
export type BertConfig = z.infer<typeof BertConfig>

/** 'int8' is what ships; 'fp32' is the reference it is measured against. */
export type GraphPrecision = 'int8' | 'fp32'

const OPSET = 17

interface GraphContext {
  graph: OnnxGraph
  weights: Safetensors
  config: BertConfig
  precision: GraphPrecision
}

/**
 * The ONNX file of a MiniLM (BERT) sentence encoder. Inputs: `input_ids` and
 * `attention_mask`, int64 [batch, seq]. Outputs: `last_hidden_state` [batch, seq,
 * hidden] and `sentence_embedding` [batch, hidden], the mean over unmasked tokens
 * at unit length; or, with `head`, only `relevance` [batch]: a linear layer over the first token
 * and that mean, which `head.weight` [1, 2 × hidden] and `head.bias` hold. Token type 0 is folded into the positions, because single texts
 * have no other. `metadata` is written into the file.
 * Source: Devlin et al. 2019 (BERT); Wang et al. 2020 (MiniLM).
 */
export function buildMinilmGraph(
  weights: Safetensors,
  config: BertConfig,
  options: { precision: GraphPrecision; metadata: Record<string, string>; head?: boolean },
): Uint8Array {
  const graph = new OnnxGraph('minilm')
  const context: GraphContext = { graph, weights, config, precision: options.precision }
  const hiddenSize = config.hidden_size

  const inputIds = graph.input('input_ids', 'int64', ['batch', 'seq'])
  const attentionMask = graph.input('attention_mask', 'int64', ['batch', 'seq'])
  const batchAndSeq = graph.node('Shape', [inputIds])
  const mask = graph.node('Cast', [attentionMask], { attributes: { to: 1 } })

  const embedded = addEmbeddings(context, inputIds, batchAndSeq)
  // Tokens in one long column: dense layers and norms look at one token at a time.
  let tokens = graph.node('Reshape', [embedded, graph.integers('flat_shape', [-1, hiddenSize])])
  const attention = addAttentionInputs(context, mask, batchAndSeq)
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    tokens = addEncoderLayer(context, `encoder.layer.${layer}`, tokens, attention)
  }
  if (options.head) addHead(context, tokens, mask, batchAndSeq)
  else addOutputs(context, tokens, mask, batchAndSeq)

  return graph.encode({ opset: OPSET, producer: 'abhyas-build-model', metadata: options.metadata })
}

function addEmbeddings(context: GraphContext, inputIds: string, batchAndSeq: string): string {
  const { graph, weights, config } = context
  const { hidden_size: hiddenSize, max_position_embeddings: positionCount } = config
  const positions = weights.tensor('embeddings.position_embeddings.weight').data
  const tokenType0 = weights.tensor('embeddings.token_type_embeddings.weight').data
  const positionRows = positions.map((value, i) => value + (tokenType0[i % hiddenSize] as number))

  const seqLength = graph.node('Slice', [batchAndSeq, graph.integers('one_i', [1]), graph.integers('two_i', [2])])
  const usedPositions = graph.node('Slice', [
    graph.floats('positions', [positionCount, hiddenSize], positionRows),
    graph.integers('zero_i', [0]),
    seqLength,
    graph.integers('axis_0', [0]),
  ])
  const sum = graph.node('Add', [addWordEmbeddings(context, inputIds), usedPositions])
  return addLayerNorm(context, 'embeddings.LayerNorm', sum)
}

function addWordEmbeddings({ graph, weights, config, precision }: GraphContext, inputIds: string): string {
  const { vocab_size: wordCount, hidden_size: hiddenSize } = config
  const words = weights.tensor('embeddings.word_embeddings.weight').data
  if (precision === 'fp32')
    return graph.node('Gather', [graph.floats('words', [wordCount, hiddenSize], words), inputIds])
  // Rows are looked up, never multiplied: the full eight bits are safe here.
  const { values, scales } = quantizeRows(words, wordCount, hiddenSize, 127)
  const rows = graph.node('Gather', [graph.int8s('words', [wordCount, hiddenSize], values), inputIds])
  const rowScales = graph.node('Gather', [graph.floats('word_scales', [wordCount, 1], scales), inputIds])
  return graph.node('Mul', [graph.node('Cast', [rows], { attributes: { to: 1 } }), rowScales])
}

interface AttentionInputs {
  /** 0 for a token, -10000 for padding, [batch, 1, 1, seq]. */
  maskBias: string
  /** The shape [batch, seq, heads, head size]. */
  headsShape: string
}

function addAttentionInputs({ graph, config }: GraphContext, mask: string, batchAndSeq: string): AttentionInputs {
  const heads = config.num_attention_heads
  const missing = graph.node('Sub', [mask, graph.floats('one', [], [1])])
  const bias = graph.node('Mul', [missing, graph.floats('mask_weight', [], [10_000])])
  return {
    maskBias: graph.node('Unsqueeze', [bias, graph.integers('axes_1_2', [1, 2])]),
    headsShape: graph.node(
      'Concat',
      [batchAndSeq, graph.integers('heads_shape', [heads, config.hidden_size / heads])],
      {
        attributes: { axis: 0 },
      },
    ),
  }
}

function addEncoderLayer(context: GraphContext, name: string, tokens: string, attention: AttentionInputs): string {
  const { graph } = context
  const attended = addSelfAttention(context, name, tokens, attention)
  const projected = addDense(context, `${name}.attention.output.dense`, attended, 'signed')
  const afterAttention = addLayerNorm(
    context,
    `${name}.attention.output.LayerNorm`,
    graph.node('Add', [projected, tokens]),
  )
  const widened = addDense(context, `${name}.intermediate.dense`, afterAttention, 'signed')
  const activated = graph.runtimeNode('Gelu', [widened])
  const narrowed = addDense(context, `${name}.output.dense`, activated, 'gelu')
  return addLayerNorm(context, `${name}.output.LayerNorm`, graph.node('Add', [narrowed, afterAttention]))
}

function addSelfAttention(context: GraphContext, name: string, tokens: string, attention: AttentionInputs): string {
  const { graph, config } = context
  const hiddenSize = config.hidden_size
  const projections = addDenseLayer(context, `${name}.attention.self`, tokens, queryKeyValue(context, name), 'signed')
  const [query, key, value] = ['query', 'key', 'value'].map((part) => `${name}.${part}`) as [string, string, string]
  graph.node('Split', [projections, graph.integers('thirds', [hiddenSize, hiddenSize, hiddenSize])], {
    outputs: [query, key, value],
    attributes: { axis: -1 },
  })
  const byHead = (part: string, perm: readonly number[]) =>
    graph.node('Transpose', [graph.node('Reshape', [part, attention.headsShape])], { attributes: { perm } })

  const scores = graph.node('MatMul', [byHead(query, [0, 2, 1, 3]), byHead(key, [0, 2, 3, 1])])
  const masked = graph.node('Add', [scores, attention.maskBias])
  const shares = graph.node('Softmax', [masked], { attributes: { axis: -1 } })
  const mixed = graph.node('MatMul', [shares, byHead(value, [0, 2, 1, 3])])
  const bySeq = graph.node('Transpose', [mixed], { attributes: { perm: [0, 2, 1, 3] } })
  return graph.node('Reshape', [bySeq, 'flat_shape'])
}

/** The three projections stacked into one product, the query's carrying attention's 1/√(head size). */
function queryKeyValue({ weights, config }: GraphContext, name: string): DenseWeights {
  const hiddenSize = config.hidden_size
  const queryScale = 1 / Math.sqrt(hiddenSize / config.num_attention_heads)
  const weight = new Float32Array(3 * hiddenSize * hiddenSize)
  const bias = new Float32Array(3 * hiddenSize)
  for (const [index, part] of ['query', 'key', 'value'].entries()) {
    const scale = part === 'query' ? queryScale : 1
    const own = (kind: string) => weights.tensor(`${name}.attention.self.${part}.${kind}`).data.map((v) => v * scale)
    weight.set(own('weight'), index * hiddenSize * hiddenSize)
    bias.set(own('bias'), index * hiddenSize)
  }
  return { weight, bias, inputSize: hiddenSize, outputSize: 3 * hiddenSize }
}

function addOutputs(context: GraphContext, tokens: string, mask: string, batchAndSeq: string): void {
  const { graph, config } = context
  const hiddenSize = config.hidden_size
  const hidden = addHidden(context, tokens, batchAndSeq)
  graph.node('LpNormalization', [addMean(graph, hidden, mask)], {
    outputs: ['sentence_embedding'],
    attributes: { axis: -1, p: 2 },
  })
  graph.output('last_hidden_state', 'float', ['batch', 'seq', hiddenSize])
  graph.output('sentence_embedding', 'float', ['batch', hiddenSize])
}

function addHead(context: GraphContext, tokens: string, mask: string, batchAndSeq: string): void {
  const { graph, config, weights } = context
  const hidden = addHidden(context, tokens, batchAndSeq)
  const first = graph.node('Gather', [hidden, graph.integers('first_token', [0])], { attributes: { axis: 1 } })
  const flat = graph.integers('flat_hidden', [-1, config.hidden_size])
  const pooled = graph.node('Concat', [graph.node('Reshape', [first, flat]), addMean(graph, hidden, mask)], {
    attributes: { axis: -1 },
  })
  const weight = graph.floats('head.weight', [2 * config.hidden_size, 1], weights.tensor('head.weight').data)
  const bias = graph.floats('head.bias', [1], weights.tensor('head.bias').data)
  const scores = graph.node('Add', [graph.node('MatMul', [pooled, weight]), bias])
  graph.node('Reshape', [scores, graph.integers('one_column', [-1])], { outputs: ['relevance'] })
  graph.output('relevance', 'float', ['batch'])
}

function addHidden({ graph, config }: GraphContext, tokens: string, batchAndSeq: string): string {
  const shape = graph.node('Concat', [batchAndSeq, graph.integers('hidden_size', [config.hidden_size])], {
    attributes: { axis: 0 },
  })
  return graph.node('Reshape', [tokens, shape], { outputs: ['last_hidden_state'] })
}

/** Over the tokens that are no padding. */
function addMean(graph: OnnxGraph, hidden: string, mask: string): string {
  const keep = graph.node('Unsqueeze', [mask, graph.integers('axis_last', [-1])])
  const overSeq = { attributes: { keepdims: 0 } }
  const sum = graph.node('ReduceSum', [graph.node('Mul', [hidden, keep]), graph.integers('axis_1', [1])], overSeq)
  const tokenCount = graph.node('ReduceSum', [keep, 'axis_1'], overSeq)
  return graph.node('Div', [sum, tokenCount])
}

function addDense(context: GraphContext, name: string, x: string, inputKind: DenseInput): string {
  const { shape, data: weight } = matrix(context.weights, `${name}.weight`)
  const bias = context.weights.tensor(`${name}.bias`).data
  return addDenseLayer(context, name, x, { weight, bias, inputSize: shape[1], outputSize: shape[0] }, inputKind)
}

function addDenseLayer(context: GraphContext, name: string, x: string, layer: DenseWeights, inputKind: DenseInput) {
  return context.precision === 'fp32'
    ? addFloatDense(context.graph, name, x, layer)
    : addInt8Dense(context.graph, name, x, layer, inputKind)
}

function addLayerNorm({ graph, weights, config }: GraphContext, name: string, x: string): string {
  const scale = graph.floats(`${name}.weight`, [config.hidden_size], weights.tensor(`${name}.weight`).data)
  const shift = graph.floats(`${name}.bias`, [config.hidden_size], weights.tensor(`${name}.bias`).data)
  return graph.node('LayerNormalization', [x, scale, shift], {
    attributes: { axis: -1, epsilon: { float: config.layer_norm_eps } },
  })
}

function matrix(weights: Safetensors, name: string): WeightTensor & { shape: [number, number] } {
  const { shape, data } = weights.tensor(name)
  const [rowCount, columnCount] = shape
  if (shape.length !== 2 || !rowCount || !columnCount) throw new Error(`Tensor "${name}" is not a matrix.`)
  return { shape: [rowCount, columnCount], data }
}
