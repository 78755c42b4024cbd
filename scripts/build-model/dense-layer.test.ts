import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { addFloatDense, addInt8Dense, type DenseInput, type DenseWeights } from './dense-layer.ts'
import { OnnxGraph } from './onnx-graph.ts'

const INPUT_SIZE = 64
const OUTPUT_SIZE = 24

/** Numbers spread evenly over -1..1, the same at every run (the generator of Numerical Recipes, ch. 7). */
function spread(count: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
}

const layer: DenseWeights = {
  weight: spread(INPUT_SIZE * OUTPUT_SIZE, 1),
  bias: spread(OUTPUT_SIZE, 2),
  inputSize: INPUT_SIZE,
  outputSize: OUTPUT_SIZE,
}

/** A graph of one layer, as a function of its input rows. */
async function openLayer(add: (graph: OnnxGraph, x: string) => string) {
  const graph = new OnnxGraph('layer')
  const x = graph.input('x', 'float', ['tokens', INPUT_SIZE])
  graph.node('Identity', [add(graph, x)], { outputs: ['y'] })
  graph.output('y', 'float', ['tokens', OUTPUT_SIZE])
  const bytes = graph.encode({ opset: 17, producer: 'test', metadata: {} })
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 })
  return async (rows: Float32Array): Promise<Float32Array> => {
    const { y } = await session.run({ x: new Tensor('float32', rows, [rows.length / INPUT_SIZE, INPUT_SIZE]) })
    return y?.data as Float32Array
  }
}

const openFloat = () => openLayer((graph, x) => addFloatDense(graph, 'dense', x, layer))
const openInt8 = (kind: DenseInput) => openLayer((graph, x) => addInt8Dense(graph, 'dense', x, layer, kind))

/** x·Wᵀ + b, written out. */
function expected(rows: Float32Array): number[] {
  const results: number[] = []
  for (let start = 0; start < rows.length; start += INPUT_SIZE) {
    for (let out = 0; out < OUTPUT_SIZE; out++) {
      let sum = layer.bias[out] as number
      for (let i = 0; i < INPUT_SIZE; i++) {
        sum += (rows[start + i] as number) * (layer.weight[out * INPUT_SIZE + i] as number)
      }
      results.push(sum)
    }
  }
  return results
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))))
}

const signedRows = spread(5 * INPUT_SIZE, 3)
/** As GELU leaves them: nothing below -0.17, a long way up. */
const geluRows = signedRows.map((value) => (value < 0 ? value * 0.16 : value * 3))

describe('dense layers', () => {
  it('multiplies and adds in floats', async () => {
    const run = await openFloat()
    expect(largestDifference(await run(signedRows), expected(signedRows))).toBeLessThan(1e-5)
  })

  it.each([
    ['signed', signedRows],
    ['gelu', geluRows],
  ] as const)('comes close in int8 with %s input', async (kind, rows) => {
    const run = await openInt8(kind)
    const exact = expected(rows)
    const typical = Math.sqrt(exact.reduce((sum, value) => sum + value * value, 0) / exact.length)
    expect(largestDifference(await run(rows), exact) / typical).toBeLessThan(0.05)
  })

  it('spends the whole range on GELU: closer with its own scaling than with the signed one', async () => {
    const exact = expected(geluRows)
    const asGelu = largestDifference(await (await openInt8('gelu'))(geluRows), exact)
    const asSigned = largestDifference(await (await openInt8('signed'))(geluRows), exact)
    expect(asGelu).toBeLessThan(asSigned)
  })

  it.each(['signed', 'gelu'] as const)('gives a token the same numbers in any company (%s)', async (kind) => {
    const run = await openInt8(kind)
    const rows = kind === 'signed' ? signedRows : geluRows
    const together = await run(rows)
    const loud = rows.map((value, i) => (i < INPUT_SIZE ? value : Math.abs(value) * 100))
    const amongLoud = await run(loud)
    const alone = await run(rows.slice(0, INPUT_SIZE))
    expect([...alone]).toEqual([...together.slice(0, OUTPUT_SIZE)])
    expect([...alone]).toEqual([...amongLoud.slice(0, OUTPUT_SIZE)])
  })

  it('gives a token of zeros the bias', async () => {
    const run = await openInt8('signed')
    expect([...(await run(new Float32Array(INPUT_SIZE)))]).toEqual([...layer.bias])
  })
})
