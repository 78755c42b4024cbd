export type NumberKind =
  | 'date'
  | 'day'
  | 'month'
  | 'year'
  | 'century'
  | 'article'
  | 'amendment'
  | 'schedule'
  | 'part'
  | 'percent'
  | 'fraction'
  | 'count'

/** A date, number or numbered thing in a sentence, with what is needed to write another one of its kind in the same way. */
export interface NumberTerm {
  kind: NumberKind
  /** What would be left out or changed. */
  text: string
  start: number
  end: number
  /** For order and distance: a year, a day number, a count. */
  value: number
  /** Another value in the same writing; undefined where there is none ("1 years", Article 0). */
  write(value: number): string | undefined
  /** Values worth offering beside it, nearest in kind first. */
  nearby: readonly number[]
  /** The noun it counts ("years", "members"): numbers of the same noun are better wrong options. */
  unit: string
}

/** Named groups of a pattern's match. */
export type Groups = Record<string, string | undefined>

/** What a pattern's match says, before its place in the sentence is known. */
export type Reading = Pick<NumberTerm, 'kind' | 'value' | 'write' | 'nearby'> & {
  text?: string
  offset?: number
  unit?: string
}
