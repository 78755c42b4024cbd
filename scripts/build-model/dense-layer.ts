import type { OnnxGraph } from './onnx-graph.ts'
import { quantizeRows } from './quantize-rows.ts'
import { transpose } from './transpose.ts'

/** `weight` is row-major [outputSize, inputSize], as checkpoints store it. */
export interface DenseWeights {
  weight: Float32Array
  bias: Float32Array
  inputSize: number
  outputSize: number
}

/**
 * What is known of the layer's input: 'signed' values spread around zero (the
 * output of a layer norm or of attention), or 'gelu', never below -0.17.
 */
export type DenseInput = 'signed' | 'gelu'

/** GELU's minimum is -0.16997 (at -0.7518), so a shift by this makes every input positive. */
const GELU_SHIFT = 0.17

/**
 * Seven bits, not eight: on AVX2 without VNNI two products of a uint8 and an int8
 * are added in 16 bits, and 2 × 255 × 127 saturates where 2 × 255 × 63 does not.
 * With this limit every x86 and ARM machine gives the same integers.
 */
const WEIGHT_LIMIT = 63

/** y = x·Wᵀ + b in 32-bit floats. `x` is [tokens, inputSize]. */
export function addFloatDense(graph: OnnxGraph, name: string, x: string, layer: DenseWeights): string {
  const weight = transpose(layer.weight, layer.outputSize, layer.inputSize)
  const product = graph.node('MatMul', [x, graph.floats(`${name}.weight`, [layer.inputSize, layer.outputSize], weight)])
  return graph.node('Add', [product, graph.floats(`${name}.bias`, [layer.outputSize], layer.bias)])
}

/**
 * The same in int8: weights quantised one scale an output feature, activations
 * one scale a token, measured as the graph runs. A scale a token (rather than a
 * text or a batch) keeps a text's vector independent of what stands beside it.
 */
export function addInt8Dense(
  graph: OnnxGraph,
  name: string,
  x: string,
  layer: DenseWeights,
  inputKind: DenseInput,
): string {
  const { inputSize, outputSize } = layer
  const { values, scales } = quantizeRows(layer.weight, outputSize, inputSize, WEIGHT_LIMIT)
  const weight = graph.int8s(`${name}.weight`, [inputSize, outputSize], transpose(values, outputSize, inputSize))
  const weightScales = graph.floats(`${name}.weight_scales`, [outputSize], scales)

  const activation = inputKind === 'signed' ? scaleSigned(graph, x) : scaleGelu(graph, x)
  const bias = inputKind === 'signed' ? layer.bias : unshiftedBias(layer, values, scales)

  const tokenScales = graph.node('Squeeze', [activation.scale, graph.integers('axis_last', [-1])])
  const zeroPoints = graph.node('Expand', [activation.zeroPoint, graph.node('Shape', [tokenScales])])
  const quantized = graph.node('QuantizeLinear', [activation.x, tokenScales, zeroPoints], { attributes: { axis: 0 } })
  // The kernel wants one scale for the whole left side: it gets 1, and the tokens' own scales follow as a product.
  const product = graph.runtimeNode('MatMulIntegerToFloat', [
    quantized,
    weight,
    graph.floats('one', [], [1]),
    weightScales,
    activation.zeroPoint,
  ])
  const scaled = graph.node('Mul', [product, activation.scale])
  return graph.node('Add', [scaled, graph.floats(`${name}.bias`, [outputSize], bias)])
}

const LAST_AXIS_KEPT = { attributes: { axes: [-1], keepdims: 1 } }

/** Symmetric around the middle of a uint8: scale = largest magnitude / 127. */
function scaleSigned(graph: OnnxGraph, x: string) {
  const lowest = graph.node('Neg', [graph.node('ReduceMin', [x], LAST_AXIS_KEPT)])
  const highest = graph.node('ReduceMax', [x], LAST_AXIS_KEPT)
  // The floor keeps a token of zeros from dividing by zero.
  const largest = graph.node('Max', [highest, lowest, graph.floats('smallest_range', [], [1e-12])])
  const scale = graph.node('Mul', [largest, graph.floats('per_127', [], [1 / 127])])
  return { x, scale, zeroPoint: graph.uint8('zero_point_middle', 128) }
}

/** GELU's output leans far to one side: shifted up, it fills the whole uint8 instead of half of it. */
function scaleGelu(graph: OnnxGraph, x: string) {
  const shifted = graph.node('Add', [x, graph.floats('gelu_shift', [], [GELU_SHIFT])])
  const highest = graph.node('ReduceMax', [shifted], LAST_AXIS_KEPT)
  const scale = graph.node('Mul', [highest, graph.floats('per_255', [], [1 / 255])])
  return { x: shifted, scale, zeroPoint: graph.uint8('zero_point_bottom', 0) }
}

/** (x + shift)·W is too large by shift × the sum of each output's weights: taken off the bias. */
function unshiftedBias(layer: DenseWeights, values: Int8Array, scales: Float32Array): Float32Array {
  return layer.bias.map((bias, output) => {
    let weightSum = 0
    const start = output * layer.inputSize
    for (let i = start; i < start + layer.inputSize; i++) weightSum += values[i] as number
    return bias - GELU_SHIFT * weightSum * (scales[output] as number)
  })
}
