import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantizeRows } from './quantize-rows.ts'

/** Not so near to zero that the scale itself runs out of digits. */
const weight = fc.double({ min: -50, max: 50, noNaN: true }).map((value) => (Math.abs(value) < 1e-30 ? 0 : value))

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rowCount, columnCount]) =>
    fc.record({
      rowCount: fc.constant(rowCount),
      columnCount: fc.constant(columnCount),
      values: fc.array(weight, {
        minLength: rowCount * columnCount,
        maxLength: rowCount * columnCount,
      }),
      limit: fc.constantFrom(127 as const, 63 as const),
    }),
  )

describe('quantizeRows', () => {
  it('stays within half a step of every value, and within the limit', () => {
    fc.assert(
      fc.property(matrix, ({ rowCount, columnCount, values, limit }) => {
        const data = Float32Array.from(values)
        const quantized = quantizeRows(data, rowCount, columnCount, limit)
        data.forEach((value, i) => {
          const scale = quantized.scales[Math.floor(i / columnCount)] as number
          const level = quantized.values[i] as number
          expect(Math.abs(level)).toBeLessThanOrEqual(limit)
          expect(Math.abs(level * scale - value)).toBeLessThanOrEqual(scale * 0.5001)
        })
      }),
    )
  })

  it('gives the largest magnitude of each row the limit, whatever the other rows hold', () => {
    const { values, scales } = quantizeRows(Float32Array.of(0.75, -1, 0.25, 100, 0, -70), 2, 3, 63)
    expect([...values]).toEqual([47, -63, 16, 63, 0, -44])
    expect([...scales]).toEqual([Math.fround(1 / 63), Math.fround(100 / 63)])
  })

  it('keeps a row of zeros zero', () => {
    const { values, scales } = quantizeRows(new Float32Array(3), 1, 3, 127)
    expect([...values]).toEqual([0, 0, 0])
    expect([...scales]).toEqual([1])
  })
})
