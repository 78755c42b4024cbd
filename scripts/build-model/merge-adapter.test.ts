import { describe, expect, it } from 'vitest'
import { mergeAdapter } from './merge-adapter.ts'
import type { Safetensors, WeightTensor } from './read-safetensors.ts'

function tensors(given: Record<string, { shape: number[]; data: number[] }>): Safetensors {
  return {
    names: Object.keys(given),
    tensor(name) {
      const found = given[name]
      if (!found) throw new Error(`no ${name}`)
      return { shape: found.shape, data: Float32Array.from(found.data) } satisfies WeightTensor
    },
  }
}

const base = tensors({
  'a.weight': { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] },
  'a.bias': { shape: [2], data: [7, 8] },
  'b.weight': { shape: [1, 1], data: [9] },
})

describe('mergeAdapter', () => {
  it('adds B·A to the weights that it changes, and to nothing else', () => {
    const merged = mergeAdapter(
      base,
      tensors({
        'a.lora_A': { shape: [2, 3], data: [1, 0, -1, 0.5, 0.5, 0.5] },
        'a.lora_B': { shape: [2, 2], data: [10, 2, 0, -4] },
        'head.bias': { shape: [1], data: [0.25] },
      }),
    )
    expect(merged.tensor('a.weight')).toEqual({ shape: [2, 3], data: Float32Array.of(12, 3, -6, 2, 3, 4) })
    expect(merged.tensor('a.bias')).toEqual(base.tensor('a.bias'))
    expect(merged.tensor('b.weight')).toEqual(base.tensor('b.weight'))
    expect(merged.tensor('head.bias').data).toEqual(Float32Array.of(0.25))
    expect(merged.names).toContain('head.bias')
    expect(merged.names).not.toContain('a.lora_A')
  })

  it('refuses an adapter of another shape', () => {
    const merged = mergeAdapter(
      base,
      tensors({ 'a.lora_A': { shape: [1, 2], data: [1, 1] }, 'a.lora_B': { shape: [2, 1], data: [1, 1] } }),
    )
    expect(() => merged.tensor('a.weight')).toThrow('does not fit')
  })
})
