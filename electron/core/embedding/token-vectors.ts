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
  /** Tokens of the question's own text, those that are not compared too. */
  textTokenCount: number
}

/** Comparing takes as long as a question has tokens; of a longer one, those of grammar are left out first. */
export const MOST_QUESTION_TOKENS = 32

const BITS = 8
/** Of a byte. */
const VALUES = 1 << BITS

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
 * How near passages are to a question, in their order: the weighted mean, over its tokens, of the greatest cosine that a token
 * has with the passage's. -1..1; undefined for a passage without token vectors. One token of the question after the other,
 * with all passages: its table stays in the processor's cache meanwhile.
 */
export function compareTokenVectors(
  { vectors, weights, dimension }: Omit<QuestionTokens, 'textTokenCount'>,
  passages: readonly Uint8Array[],
): (number | undefined)[] {
  const length = packedLength(dimension)
  const tokenCount = Math.min(weights.length, MOST_QUESTION_TOKENS)
  let total = 0
  for (let token = 0; token < tokenCount; token++) total += weights[token] as number
  const table = new Float32Array(length * VALUES)
  const sums = new Float64Array(passages.length)
  for (let token = 0; token < tokenCount; token++) {
    const weight = weights[token] as number
    if (weight === 0) continue
    fillTable(table, vectors.subarray(token * dimension, (token + 1) * dimension))
    for (const [i, packed] of passages.entries()) {
      sums[i] = (sums[i] as number) + weight * greatestProduct(table, packed, length)
    }
  }
  const norm = Math.sqrt(dimension) * total
  return passages.map((packed, i) => {
    const count = packed.length / length
    return count < 1 || !Number.isInteger(count) || total === 0 ? undefined : (sums[i] as number) / norm
  })
}

/** For each byte of a packed vector and each value it can have, what its eight components add to the product with `vector`. */
function fillTable(table: Float32Array, vector: Float32Array): void {
  for (let at = 0, component = 0; at < table.length; at += VALUES, component += BITS) {
    let sum = 0
    for (let bit = 0; bit < BITS; bit++) sum -= vector[component + bit] ?? 0
    table[at] = sum
    for (let bit = 0; bit < BITS; bit++) {
      const more = 2 * (vector[component + bit] ?? 0)
      const count = 1 << bit
      for (let value = 0; value < count; value++) table[at + count + value] = (table[at + value] as number) + more
    }
  }
}

/** Four sums at a time, as none waits for another: nearly twice as fast. */
function greatestProduct(table: Float32Array, packed: Uint8Array, length: number): number {
  let greatest = -Infinity
  for (let row = 0; row + length <= packed.length; row += length) {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    let byte = 0
    let at = 0
    for (; byte + 4 <= length; byte += 4, at += 4 * VALUES) {
      a += table[at + (packed[row + byte] as number)] as number
      b += table[at + VALUES + (packed[row + byte + 1] as number)] as number
      c += table[at + 2 * VALUES + (packed[row + byte + 2] as number)] as number
      d += table[at + 3 * VALUES + (packed[row + byte + 3] as number)] as number
    }
    for (; byte < length; byte++, at += VALUES) a += table[at + (packed[row + byte] as number)] as number
    const product = a + b + (c + d)
    if (product > greatest) greatest = product
  }
  return greatest
}
