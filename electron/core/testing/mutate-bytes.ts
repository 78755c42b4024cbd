/** Numbers in 0..1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000
  }
}

/** What parsers trip over: sizes without end, negative ones, and what does not fit into 32 bits. */
const NUMBERS = ['0', '-1', '1', '65536', '2147483647', '4294967296', '99999999999999999999', '1e309', '0.0000001']
const OPENERS = ['[', '<<', '(', '<', 'q ', '/A ', '{', '<a>', '<w:p>']
const MOST_CHANGES = 3

type Mutation = (bytes: Buffer, random: () => number, words: readonly string[]) => Buffer

const below = (random: () => number, limit: number) => Math.floor(random() * limit)
const pick = <T>(random: () => number, from: readonly T[]): T => from[below(random, from.length)] as T

/** Puts `added` in the place of `length` bytes at `at`. */
function splice(bytes: Buffer, at: number, length: number, added: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + length)])
}

/** Where a piece of ASCII text that matches stands, looked for from a random place on. */
function findText(bytes: Buffer, pattern: RegExp, random: () => number): { at: number; length: number } | undefined {
  const from = below(random, bytes.length)
  const match = pattern.exec(bytes.toString('latin1', from, from + 65536))
  return match ? { at: from + match.index, length: match[0].length } : undefined
}

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const changed = Buffer.from(bytes)
    for (let n = 1 + below(random, 32); n > 0; n--) {
      const at = below(random, changed.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8))
    }
    return changed
  },
  function overwriteStretch(bytes, random) {
    const changed = Buffer.from(bytes)
    const at = below(random, changed.length)
    const end = Math.min(changed.length, at + 1 + below(random, 200))
    for (let i = at; i < end; i++) changed[i] = below(random, 256)
    return changed
  },
  (bytes, random) => bytes.subarray(0, 1 + below(random, bytes.length)),
  function cutStretch(bytes, random) {
    return splice(bytes, below(random, bytes.length), 1 + below(random, 2000), Buffer.alloc(0))
  },
  function repeatStretch(bytes, random) {
    const at = below(random, bytes.length)
    const stretch = bytes.subarray(at, at + 1 + below(random, 500))
    return splice(bytes, at, 0, Buffer.concat(Array.from({ length: 1 + below(random, 40) }, () => stretch)))
  },
  function changeNumber(bytes, random) {
    const found = findText(bytes, /\d+/, random)
    return found ? splice(bytes, found.at, found.length, Buffer.from(pick(random, NUMBERS))) : bytes
  },
  function changeWord(bytes, random, words) {
    const found = findText(bytes, /[A-Za-z]{3,}/, random)
    return found ? splice(bytes, found.at, found.length, Buffer.from(pick(random, words))) : bytes
  },
  function nestDeep(bytes, random) {
    const depth = 1 + below(random, 20_000)
    return splice(bytes, below(random, bytes.length), 0, Buffer.from(pick(random, OPENERS).repeat(depth)))
  },
]

/** The bytes with one to three changes; the same for the same random numbers. `words` are the format's own. */
export function mutateBytes(bytes: Buffer, random: () => number, words: readonly string[]): Buffer {
  let changed = bytes
  for (let n = 1 + below(random, MOST_CHANGES); n > 0 && changed.length > 0; n--) {
    changed = pick(random, MUTATIONS)(changed, random, words)
  }
  return changed
}
