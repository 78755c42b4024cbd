import { CheckId, type CheckTrend, type PastAnswer } from '#contract/mains.ts'

const WINDOW = 5
const MOST_SHOWN = 20

/** How each check went over the answers; `answers` are the oldest first. Answers it did not apply to are left out. */
export function answerTrends(answers: readonly Pick<PastAnswer, 'verdicts'>[]): CheckTrend[] {
  return CheckId.options.flatMap((id): CheckTrend[] => {
    const verdicts = answers.flatMap(({ verdicts: all }) =>
      all.flatMap(({ id: own, verdict }) => (own === id && verdict !== 'none' ? [verdict] : [])),
    )
    if (verdicts.length === 0) return []
    const recent = verdicts.slice(-WINDOW)
    const earlier = verdicts.slice(-2 * WINDOW, -WINDOW)
    const share = (list: typeof verdicts) => list.filter((verdict) => verdict === 'met').length / list.length
    return [
      {
        id,
        verdicts: verdicts.slice(-MOST_SHOWN),
        recentShare: share(recent),
        ...(earlier.length > 0 && { earlierShare: share(earlier) }),
      },
    ]
  })
}
