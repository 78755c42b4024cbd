/// <reference lib="esnext.float16" />
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A tensor of the file, widened to 32 bits. `data` is row-major. */
export interface WeightTensor {
  shape: number[]
  data: Float32Array
}

export interface Safetensors {
  readonly names: readonly string[]
  /** Throws when the file has no tensor of that name, or holds it in a type that is not F16 or F32. */
  tensor(name: string): WeightTensor
}

const TensorHeader = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
})

const BYTES_PER_VALUE: Partial<Record<string, number>> = { F16: 2, F32: 4 }

/**
 * Opens a safetensors file: eight bytes of header length (little-endian), a JSON
 * header naming each tensor's type, shape and byte range, then the bytes.
 * Source: github.com/huggingface/safetensors, section "Format".
 * Throws an Error that names the file when it is cut short or not of this format.
 */
export function readSafetensors(path: string): Safetensors {
  const file = readFileSync(path)
  const { header, dataStart } = readHeader(file, path)

  return {
    names: Object.keys(header),
    tensor(name) {
      const entry = header[name]
      if (!entry) throw new Error(`${path} has no tensor "${name}".`)
      const bytesPerValue = BYTES_PER_VALUE[entry.dtype]
      if (!bytesPerValue) throw new Error(`${path}: tensor "${name}" is ${entry.dtype}; only F16 and F32 are read.`)

      const [start, end] = entry.data_offsets
      const valueCount = entry.shape.reduce((product, size) => product * size, 1)
      if (end - start !== valueCount * bytesPerValue || dataStart + end > file.length) {
        throw new Error(`${path} is damaged: tensor "${name}" does not fit its shape or the file.`)
      }
      // A copy of its own, because typed arrays need an aligned start and the file promises none.
      const { buffer } = new Uint8Array(file.subarray(dataStart + start, dataStart + end))
      const data = entry.dtype === 'F16' ? new Float32Array(new Float16Array(buffer)) : new Float32Array(buffer)
      return { shape: entry.shape, data }
    },
  }
}

function readHeader(file: Buffer, path: string) {
  const damaged = (cause?: unknown) => new Error(`${path} is not a readable safetensors file.`, { cause })
  if (file.length < 8) throw damaged()
  const headerLength = Number(file.readBigUInt64LE(0))
  if (headerLength > file.length - 8) throw damaged()
  try {
    const { __metadata__: _, ...tensors } = JSON.parse(file.toString('utf8', 8, 8 + headerLength))
    return { header: z.record(z.string(), TensorHeader).parse(tensors), dataStart: 8 + headerLength }
  } catch (cause) {
    throw damaged(cause)
  }
}
