/**
 * How many slips part two words: a letter too many, one missing, another one, or two
 * changed about (F. J. Damerau, 1964; optimal string alignment). Gives up at `most`
 * and tells a larger number then.
 */
export function editDistance(a: string, b: string, most: number): number {
  return makeEditDistance(b.length)(lettersOf(a), lettersOf(b), { from: 0, length: b.length, most })
}

/** UTF-16 code units. */
export type Letters = Uint16Array

export function lettersOf(word: string): Letters {
  return Uint16Array.from({ length: word.length }, (_, i) => word.charCodeAt(i))
}

/**
 * The same for many words: `all` holds the other word from `from` on, no longer than `longest`. Keeps its rows between calls,
 * and fills in only what is within `most` of the diagonal, where all that counts is (E. Ukkonen, 1985).
 */
export function makeEditDistance(
  longest: number,
): (word: Letters, all: Letters, stretch: { from: number; length: number; most: number }) => number {
  let before = new Uint16Array(longest + 1)
  let last = new Uint16Array(longest + 1)
  let row = new Uint16Array(longest + 1)
  return (word, all, { from, length, most }) => {
    const tooMany = most + 1
    if (Math.abs(word.length - length) > most) return tooMany
    for (let j = 0; j <= length; j++) last[j] = j
    for (let i = 1; i <= word.length; i++) {
      const first = Math.max(1, i - most)
      const end = Math.min(length, i + most)
      row[first - 1] = first === 1 ? i : tooMany
      if (end < length) row[end + 1] = tooMany
      let least = row[first - 1] as number
      for (let j = first; j <= end; j++) {
        const same = word[i - 1] === all[from + j - 1]
        let cost = Math.min(
          (last[j] as number) + 1,
          (row[j - 1] as number) + 1,
          (last[j - 1] as number) + (same ? 0 : 1),
        )
        if (i > 1 && j > 1 && word[i - 1] === all[from + j - 2] && word[i - 2] === all[from + j - 1]) {
          cost = Math.min(cost, (before[j - 2] as number) + 1)
        }
        row[j] = cost
        if (cost < least) least = cost
      }
      if (least > most) return tooMany
      const spare = before
      before = last
      last = row
      row = spare
    }
    return last[length] as number
  }
}
