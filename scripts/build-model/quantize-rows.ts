export interface QuantizedRows {
  /** Row-major, as the input; each within ±limit. */
  values: Int8Array
  /** One a row: `values[r][c] * scales[r]` is the nearest to the input. */
  scales: Float32Array
}

/**
 * Symmetric quantisation, one scale a row: the largest magnitude of a row becomes
 * `limit`. A row of zeros gets scale 1. Dense layers store a row per output
 * feature, so this is per-channel quantisation of their weights.
 */
export function quantizeRows(
  data: Float32Array,
  rowCount: number,
  columnCount: number,
  limit: 127 | 63,
): QuantizedRows {
  const values = new Int8Array(data.length)
  const scales = new Float32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const start = row * columnCount
    let largest = 0
    for (let i = start; i < start + columnCount; i++) largest = Math.max(largest, Math.abs(data[i] as number))
    // As it will be stored, in 32 bits, so that values are rounded by the scale that they are restored with.
    const scale = Math.fround(largest / limit) || 1
    scales[row] = scale
    for (let i = start; i < start + columnCount; i++) {
      values[i] = Math.max(-limit, Math.min(limit, Math.round((data[i] as number) / scale)))
    }
  }
  return { values, scales }
}
