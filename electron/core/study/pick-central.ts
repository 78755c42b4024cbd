import { cosine } from '../search/exact-search.ts'
import { wordsOf } from '../search/query-words.ts'

/** Two sentences nearer than this say the same. */
const SAME_COSINE = 0.86
/** A chapter says first what it is about. */
const LEAD_BONUS = 0.08
/** What begins with a word that points back is not understood alone. */
const BACK_PENALTY = 0.12
const POINTS_BACK =
  /^["'“‘(]*(?:This|That|These|Those|It|He|She|They|Such|But|However|Thus|Therefore|Hence|So|And|Also|Moreover|Similarly|In other words|For example|For instance|Here|Then|His|Her|Their|Its|यह|ये|इस|इसे|इससे|इसके|वह|वे|उस|उन|लेकिन|इसलिए)(?![\p{L}\p{M}])/u

/** True for a sentence that begins with a word whose meaning stands before it. */
export function pointsBack(sentence: string): boolean {
  return POINTS_BACK.test(sentence)
}

/**
 * The sentences that stand for a text: those nearest to all of it (by meaning where there are
 * vectors, else by the words it repeats), the first ones favoured, none that says again what another
 * says. Indexes in reading order.
 */
export function pickCentral(
  texts: readonly string[],
  vectors: readonly Float32Array[] | undefined,
  count: number,
): number[] {
  const nearness = vectors ? byMeaning(vectors) : byWords(texts)
  const order = texts
    .map((text, i) => ({
      i,
      score: (nearness[i] ?? 0) + (i < 2 ? LEAD_BONUS : 0) - (pointsBack(text) ? BACK_PENALTY : 0),
    }))
    .sort((a, b) => b.score - a.score)
  const chosen: number[] = []
  for (const { i } of order) {
    if (chosen.length >= count) break
    const vector = vectors?.[i]
    const isSaid = chosen.some((other) => vector && cosine(vector, vectors?.[other] ?? vector) > SAME_COSINE)
    if (!isSaid) chosen.push(i)
  }
  return chosen.sort((a, b) => a - b)
}

function byMeaning(vectors: readonly Float32Array[]): number[] {
  const middle = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let i = 0; i < middle.length; i++) middle[i] = (middle[i] ?? 0) + (vector[i] ?? 0)
  const length = Math.hypot(...middle) || 1
  const unit = middle.map((value) => value / length)
  return vectors.map((vector) => cosine(vector, unit))
}

/** Shares of the text's repeated words, 0..1. */
function byWords(texts: readonly string[]): number[] {
  const stems = texts.map((text) => new Set(wordsOf(text).flatMap(({ stem, stop }) => (stop ? [] : [stem]))))
  const counts = new Map<string, number>()
  for (const set of stems) for (const stem of set) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  const scores = stems.map((set) => {
    const sum = [...set].reduce((total, stem) => total + ((counts.get(stem) ?? 1) - 1), 0)
    return sum / (set.size + 4)
  })
  const most = Math.max(...scores, Number.MIN_VALUE)
  return scores.map((score) => score / most)
}
