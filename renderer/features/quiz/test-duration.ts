/** Prelims gives two hours for a hundred questions. */
export const MS_PER_QUESTION = 72_000

/** Test time for so many questions, in whole minutes, at least one. */
export function defaultMinutes(questionCount: number): number {
  return Math.max(1, Math.ceil((questionCount * MS_PER_QUESTION) / 60_000))
}
