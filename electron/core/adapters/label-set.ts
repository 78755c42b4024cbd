/** A set of labels, which are small whole numbers: a bit for each up to the highest, where a Set takes 40 bytes a label. */
export interface LabelSet {
  readonly size: number
  has(label: number): boolean
  add(label: number): void
  /** False where it was not there. */
  delete(label: number): boolean
  /** Ascending. */
  values(): IterableIterator<number>
}

const FIRST_BYTES = 128

export function makeLabelSet(): LabelSet {
  let bits = new Uint8Array(FIRST_BYTES)
  let size = 0

  const has = (label: number) => ((bits[label >> 3] ?? 0) & (1 << (label & 7))) !== 0

  return {
    get size() {
      return size
    },
    has,
    add(label) {
      if (has(label)) return
      const at = label >> 3
      if (at >= bits.length) {
        const grown = new Uint8Array(Math.max(at + 1, bits.length * 2))
        grown.set(bits)
        bits = grown
      }
      bits[at] = (bits[at] as number) | (1 << (label & 7))
      size++
    },
    delete(label) {
      if (!has(label)) return false
      bits[label >> 3] = (bits[label >> 3] as number) & ~(1 << (label & 7))
      size--
      return true
    },
    *values() {
      for (let label = 0; label < bits.length * 8; label++) if (has(label)) yield label
    },
  }
}
