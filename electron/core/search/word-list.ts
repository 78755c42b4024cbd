import { fnvHash } from '../ops/fnv-hash.ts'
import { editDistance, lettersOf, makeEditDistance } from './edit-distance.ts'
import { plainSound, romanize, romanKey, soundFrame, spellBySound } from './roman-key.ts'

export interface LibraryWord {
  term: string
  /** Passages that hold it. */
  count: number
}

/** Words with how many passages hold each, to be looked through for one that is near. Packed: 100,000 take 3 MB. */
export interface WordList {
  /** The word that the fewest slips make of `term`, `most` of them at the most; of several the commonest. */
  nearest(term: string, most: number): LibraryWord | undefined
  /** Hindi words that sound like one in Latin letters, `most` letters apart at the most; likeliest first. */
  soundingLike(latin: string, most: number): LibraryWord[]
  /**
   * Hindi words whose consonants are those of one in Latin letters, read as Hindi or as English: those that sound
   * most like it, or a vowel less so, `most` letters apart at the most.
   */
  soundingNearly(latin: string, most: number): LibraryWord[]
}

export interface WordListBuilder {
  /** A word that was not added before, of 2 to 30 UTF-16 units. */
  add(term: string, count: number): void
  readonly count: number
  /** The list of those that stand in `least` passages or more. Nothing can be added after it. */
  finish(least: number): WordList
}

export const LONGEST_WORD = 30

/** Words of one length: the letters of the n-th stand at n · length. */
interface Block {
  count: number
  letters: Uint16Array
  /** Which letters a word has, as bits. */
  letterSets: Uint32Array
  counts: Uint32Array
}

/** Fewer consonants stand in too many words. */
const LEAST_FRAME = 3

/** A hash of a word's key and where the word is, in the 53 bits of a whole number: numbers sort sooner than objects. */
const PLACES = 2 ** 26
const PLACES_PER_LENGTH = 2 ** 21
const HASHES = 2 ** 27

export function buildWordList(): WordListBuilder {
  const blocks = new Map<number, Block>()
  let count = 0
  return {
    get count() {
      return count
    },
    add(term, passageCount) {
      let block = blocks.get(term.length)
      if (!block) {
        block = makeBlock(term.length, 256)
        blocks.set(term.length, block)
      } else if (block.count === block.counts.length) {
        block = copyBlock(block, term.length, { capacity: block.count * 2, least: 0 })
        blocks.set(term.length, block)
      }
      for (let i = 0; i < term.length; i++) block.letters[block.count * term.length + i] = term.charCodeAt(i)
      block.letterSets[block.count] = letterSet(term)
      block.counts[block.count] = passageCount
      block.count++
      count++
    },
    finish(least) {
      for (const [length, block] of blocks) {
        const capacity = block.counts.subarray(0, block.count).reduce((sum, each) => sum + (each >= least ? 1 : 0), 0)
        blocks.set(length, copyBlock(block, length, { capacity, least }))
      }
      return makeWordList(blocks)
    },
  }
}

function makeWordList(blocks: ReadonlyMap<number, Block>): WordList {
  const distanceOf = makeEditDistance(LONGEST_WORD)
  const bySound = hashesOf(blocks, romanKey)
  const byFrame = hashesOf(blocks, (term) => soundFrame(romanKey(term)))

  return {
    nearest(term, most) {
      const word = lettersOf(term)
      const set = letterSet(term)
      let best: { length: number; at: number; count: number; cost: number } | undefined
      for (let length = term.length - most; length <= term.length + most; length++) {
        const block = blocks.get(length)
        if (!block) continue
        const { letters, letterSets, counts } = block
        for (let at = 0; at < block.count; at++) {
          // Two words that differ in more letters than slips can change need no closer look.
          if (bitCount((letterSets[at] as number) ^ set) > 2 * most) continue
          const limit = best ? Math.min(most, Math.ceil(best.cost)) : most
          const distance = distanceOf(word, letters, { from: at * length, length, most: limit })
          if (distance > limit) continue
          // People seldom miss the first letter.
          const cost = distance + (letters[at * length] === word[0] ? 0 : 0.5)
          const passageCount = counts[at] as number
          if (!best || cost < best.cost || (cost === best.cost && passageCount > best.count)) {
            best = { length, at, count: passageCount, cost }
          }
        }
      }
      return best && { term: termAt(blocks, best.length, best.at), count: best.count }
    },
    soundingLike(latin, most) {
      const key = romanKey(latin)
      const spelling = plainSpelling(latin)
      const found = withHash(bySound, key)
        .filter(({ term }) => romanKey(term) === key)
        .map((word) => ({ word, distance: editDistance(spelling, plainSpelling(romanize(word.term)), most) }))
      return likeliest(found, most)
    },
    soundingNearly(latin, most) {
      const spellings = [...new Set([latin, spellBySound(latin)])]
      const sounds = spellings.map(plainSound)
      const frames = new Set(spellings.map((spelling) => soundFrame(romanKey(spelling))))
      const found = [...frames]
        .filter((frame) => frame.length >= LEAST_FRAME)
        .flatMap((frame) => withHash(byFrame, frame))
        .map((word) => {
          const own = plainSound(word.term)
          return { word, distance: Math.min(...sounds.map((sound) => editDistance(sound, own, most))) }
        })
      return likeliest(found, Math.min(most, ...found.map(({ distance }) => distance + 1)))
    },
  }

  /** Those whose hash is that of `key`: nearly always those that have it. */
  function withHash(hashes: Float64Array, key: string): LibraryWord[] {
    const hash = hashOf(key)
    const found: LibraryWord[] = []
    for (let i = lowerBound(hashes, hash * PLACES); i < hashes.length; i++) {
      const hashed = hashes[i] as number
      if (Math.floor(hashed / PLACES) !== hash) break
      const place = hashed % PLACES
      const [length, at] = [Math.floor(place / PLACES_PER_LENGTH), place % PLACES_PER_LENGTH]
      found.push({ term: termAt(blocks, length, at), count: blocks.get(length)?.counts[at] ?? 0 })
    }
    return found
  }
}

function likeliest(found: readonly { word: LibraryWord; distance: number }[], most: number): LibraryWord[] {
  return found
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || b.word.count - a.word.count || (a.word.term < b.word.term ? -1 : 1))
    .map(({ word }) => word)
}

/** A hash of each Hindi word's key with the word's place, in order. */
function hashesOf(blocks: ReadonlyMap<number, Block>, keyOf: (term: string) => string): Float64Array {
  const hashes: number[] = []
  for (const [length, { count, letters }] of blocks) {
    for (let at = 0; at < Math.min(count, PLACES_PER_LENGTH); at++) {
      const own = letters.subarray(at * length, (at + 1) * length)
      if (!own.some((unit) => unit >= 0x900 && unit <= 0x97f)) continue
      hashes.push(hashOf(keyOf(String.fromCharCode(...own))) * PLACES + length * PLACES_PER_LENGTH + at)
    }
  }
  return Float64Array.from(hashes).sort()
}

function makeBlock(length: number, capacity: number): Block {
  return {
    count: 0,
    letters: new Uint16Array(capacity * length),
    letterSets: new Uint32Array(capacity),
    counts: new Uint32Array(capacity),
  }
}

function copyBlock(from: Block, length: number, { capacity, least }: { capacity: number; least: number }): Block {
  const to = makeBlock(length, capacity)
  for (let at = 0; at < from.count; at++) {
    if ((from.counts[at] as number) < least) continue
    to.letters.set(from.letters.subarray(at * length, (at + 1) * length), to.count * length)
    to.letterSets[to.count] = from.letterSets[at] as number
    to.counts[to.count] = from.counts[at] as number
    to.count++
  }
  return to
}

function termAt(blocks: ReadonlyMap<number, Block>, length: number, at: number): string {
  const letters = blocks.get(length)?.letters.subarray(at * length, (at + 1) * length) ?? []
  return String.fromCharCode(...letters)
}

/** The first place in sorted numbers that is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] as number) < value) from = middle + 1
    else to = middle
  }
  return from
}

/** Cut to what PLACES leaves of a number. */
const hashOf = (key: string) => fnvHash(key) % HASHES

function letterSet(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) % 31)
  return bits
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555)
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

const plainSpelling = (latin: string) => latin.toLowerCase().replace(/aa/g, 'a').replace(/ee/g, 'i').replace(/oo/g, 'u')
