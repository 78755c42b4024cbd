import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { OnnxGraph } from './onnx-graph.ts'

describe('OnnxGraph', () => {
  it('writes a model that ONNX Runtime runs', async () => {
    const graph = new OnnxGraph('two products')
    const x = graph.input('x', 'float', ['n', 2])
    const doubled = graph.node('Mul', [x, graph.floats('two', [], [2])])
    const parts = ['left', 'right'] as const
    graph.node('Split', [doubled, graph.integers('ones', [1, 1])], { outputs: parts, attributes: { axis: -1 } })
    graph.runtimeNode('Gelu', ['right'], { outputs: ['activated'] })
    graph.output('left', 'float', ['n', 1])
    graph.output('activated', 'float', ['n', 1])

    const session = await InferenceSession.create(graph.encode({ opset: 17, producer: 'test', metadata: { a: 'b' } }))
    expect(session.outputNames).toEqual(['left', 'activated'])
    const results = await session.run({ x: new Tensor('float32', Float32Array.of(1, 0, 3, 50), [2, 2]) })
    expect(results.left?.data).toEqual(Float32Array.of(2, 6))
    expect(results.activated?.data).toEqual(Float32Array.of(0, 100))
  })

  it('keeps one constant of a name, and refuses a second meaning', () => {
    const graph = new OnnxGraph('constants')
    expect(graph.integers('axis', [1])).toBe(graph.integers('axis', [1]))
    expect(() => graph.integers('axis', [2])).toThrow('Two constants are called "axis"')
  })
})
