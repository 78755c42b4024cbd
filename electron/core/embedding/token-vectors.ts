/**
 * Late interaction (O. Khattab and M. Zaharia, "ColBERT", 2020): a question is compared with a passage token by token,
 * each of the question's with the one of the passage's that is nearest to it. The vectors are what the embedding model
 * makes before it pools them into one, so they cost no second run. A passage keeps one for each pair of tokens,
 * and of each component only its sign: 48 bytes a pair for 384 components. Measured in docs/decisions/0016.
 */

/** Token vectors of a question, in order. */
export interface QuestionTokens {
  /** Components, `dimension` a token, each token at unit length. */
  vectors: Float32Array<ArrayBuffer>
  /** What each token counts for, 0..1. */
  weights: Float32Array<ArrayBuffer>
  dimension: number
}

/** Comparing takes as long as a question has tokens; of a longer one, those of grammar are left out first. */
export const MOST_QUESTION_TOKENS = 32

const BITS = 8

/** Bytes of one packed vector. */
export const packedLength = (dimension: number) => Math.ceil(dimension / BITS)

/**
 * The signs of the sums of each two neighbours among the `kept` rows of `data` (rows of `dimension` components), a bit a
 * component, lowest first. A last one without a neighbour stands alone.
 */
export function packTokenVectors(
  data: Float32Array,
  dimension: number,
  kept: readonly number[],
): Uint8Array<ArrayBuffer> {
  const length = packedLength(dimension)
  const packed = new Uint8Array(Math.ceil(kept.length / 2) * length)
  for (let pair = 0; pair * 2 < kept.length; pair++) {
    const one = (kept[pair * 2] as number) * dimension
    const next = kept[pair * 2 + 1]
    const other = next === undefined ? one : next * dimension
    for (let i = 0; i < dimension; i++) {
      if ((data[one + i] as number) + (data[other + i] as number) > 0) {
        const at = pair * length + (i >> 3)
        packed[at] = (packed[at] as number) | (1 << (i & 7))
      }
    }
  }
  return packed
}

/**
 * How near passages are to a question: the weighted mean, over its tokens, of the greatest cosine that a token
 * has with the passage's. -1..1; undefined for a passage without token vectors.
 */
export function makeTokenComparer({
  vectors,
  weights,
  dimension,
}: QuestionTokens): (packed: Uint8Array) => number | undefined {
  const length = packedLength(dimension)
  const tokenCount = Math.min(weights.length, MOST_QUESTION_TOKENS)
  let total = 0
  for (let token = 0; token < tokenCount; token++) total += weights[token] as number
  // For each byte of a packed vector and each value it can have, what its eight components add to the product.
  const tables = new Float32Array(tokenCount * length * 256)
  for (let token = 0; token < tokenCount; token++) {
    for (let byte = 0; byte < length; byte++) {
      const at = (token * length + byte) * 256
      let sum = 0
      for (let bit = 0; bit < BITS; bit++) sum -= vectors[token * dimension + byte * BITS + bit] ?? 0
      tables[at] = sum
      for (let value = 1; value < 256; value++) {
        const lowest = 31 - Math.clz32(value & -value)
        const component = vectors[token * dimension + byte * BITS + lowest] ?? 0
        tables[at + value] = (tables[at + (value & (value - 1))] as number) + 2 * component
      }
    }
  }
  const norm = Math.sqrt(dimension)
  return (packed) => {
    const count = packed.length / length
    if (count < 1 || !Number.isInteger(count) || total === 0) return undefined
    let sum = 0
    for (let token = 0; token < tokenCount; token++) {
      let greatest = -Infinity
      for (let row = 0; row < packed.length; row += length) {
        let product = 0
        let table = token * length * 256
        for (let byte = 0; byte < length; byte++, table += 256) {
          product += tables[table + (packed[row + byte] as number)] as number
        }
        if (product > greatest) greatest = product
      }
      sum += (weights[token] as number) * greatest
    }
    return sum / (norm * total)
  }
}
