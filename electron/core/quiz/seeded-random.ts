import { fnvHash } from '../ops/fnv-hash.ts'

/** Random choices that are the same for the same seed, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[]
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counter), seeded from any words: `seededRandom(quiz.seed, 'seat', 4)`. */
export function seededRandom(...seed: readonly (string | number)[]): Random {
  const text = seed.join('\u001f')
  let [a, b, c, counter] = [hashText(text, 1), hashText(text, 2), hashText(text, 3), 1]
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    shuffle(items) {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = below(last + 1)
        const kept = shuffled[last] as (typeof shuffled)[number]
        shuffled[last] = shuffled[other] as (typeof shuffled)[number]
        shuffled[other] = kept
      }
      return shuffled
    },
  }
}

/** FNV-1a with its bits mixed once more, 32 bits; `salt` gives independent hashes. */
export function hashText(text: string, salt = 0): number {
  let hash = fnvHash(text, salt)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  return hash >>> 0
}
