import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { readSafetensors } from './read-safetensors.ts'

type TensorHeader = { dtype: string; shape: number[]; data_offsets: [number, number] }

function writeSafetensors(header: Record<string, unknown>, data: Uint8Array): string {
  const path = join(temporaryFolder(), 'weights.safetensors')
  const headerBytes = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(headerBytes.length))
  writeFileSync(path, Buffer.concat([length, headerBytes, data]))
  return path
}

const tensor = (dtype: string, shape: number[], start: number, end: number): TensorHeader => ({
  dtype,
  shape,
  data_offsets: [start, end],
})

describe('readSafetensors', () => {
  it('reads 32-bit tensors by name, with their shapes, and leaves the metadata out', () => {
    const values = Float32Array.of(1.5, -2, 3.25, 0, 1e-20, 7)
    const path = writeSafetensors(
      { __metadata__: { format: 'pt' }, a: tensor('F32', [2, 2], 0, 16), b: tensor('F32', [2], 16, 24) },
      new Uint8Array(values.buffer),
    )
    const file = readSafetensors(path)
    expect(file.names).toEqual(['a', 'b'])
    expect(file.tensor('a')).toEqual({ shape: [2, 2], data: values.slice(0, 4) })
    expect(file.tensor('b')).toEqual({ shape: [2], data: values.slice(4) })
  })

  it('widens 16-bit values exactly: normal, subnormal, signed zero, infinity', () => {
    // IEEE 754 binary16: 1, -2, 65504, 2^-24, 2^-14, -0, +infinity.
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x8000, 0x7c00)
    const path = writeSafetensors({ h: tensor('F16', [7], 0, 14) }, new Uint8Array(halves.buffer))
    expect([...readSafetensors(path).tensor('h').data]).toEqual([1, -2, 65504, 2 ** -24, 2 ** -14, -0, Infinity])
  })

  it('reads a tensor that does not begin at a multiple of its size', () => {
    const path = writeSafetensors(
      { odd: tensor('F32', [1], 1, 5) },
      Uint8Array.of(9, ...new Uint8Array(Float32Array.of(42).buffer)),
    )
    expect([...readSafetensors(path).tensor('odd').data]).toEqual([42])
  })

  it('names the tensor that is missing or of another type', () => {
    const path = writeSafetensors({ b: tensor('BF16', [1], 0, 2) }, new Uint8Array(2))
    expect(() => readSafetensors(path).tensor('a')).toThrow('no tensor "a"')
    expect(() => readSafetensors(path).tensor('b')).toThrow('"b" is BF16')
  })

  it('refuses a tensor that ends after the file or does not fit its shape', () => {
    const path = writeSafetensors(
      { long: tensor('F32', [4], 0, 16), thin: tensor('F32', [3], 0, 8) },
      new Uint8Array(8),
    )
    expect(() => readSafetensors(path).tensor('long')).toThrow('damaged: tensor "long"')
    expect(() => readSafetensors(path).tensor('thin')).toThrow('damaged: tensor "thin"')
  })

  it.each([
    ['empty', Buffer.alloc(0)],
    ['a header longer than the file', Buffer.from([255, 255, 0, 0, 0, 0, 0, 0, 123])],
    ['a header that is no JSON', Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 120, 120])],
  ])('refuses a file that is not of this format: %s', (_, bytes) => {
    const path = join(temporaryFolder(), 'weights.safetensors')
    writeFileSync(path, bytes)
    expect(() => readSafetensors(path)).toThrow('not a readable safetensors file')
  })
})
