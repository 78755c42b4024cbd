import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AttemptId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'
import { useFormat } from '../../ui/use-format.ts'
import { shareOfMarks } from './format-marks.ts'
import styles from './score-trend.module.css'

const MOST_SHOWN = 20
const HEIGHT = 56
const STEP = 18

/** The last tests beside each other, a bar each, with the person's cut-off as a line. */
export function ScoreTrend({
  attemptId,
  examId,
  cutoff,
}: {
  attemptId: AttemptId
  examId: string
  /** 0..1 of the marks. */
  cutoff: number | undefined
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(orpc.quiz.attempts.queryOptions({ staleTime: 0 }))
  const shown = (data ?? [])
    .filter((attempt) => attempt.examId === examId)
    .slice(0, MOST_SHOWN)
    .reverse()
  if (shown.length < 2) return null
  const shares = shown.map(({ score }) => shareOfMarks(score.scoreUnits, score.maxUnits))
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  return (
    <figure className={styles.trend}>
      <figcaption className={styles.caption}>
        {t('quiz.trend.title', { count: shown.length, mean: format.percent(mean) })}
      </figcaption>
      <svg
        className={styles.chart}
        width={shown.length * STEP}
        height={HEIGHT}
        viewBox={`0 0 ${shown.length * STEP} ${HEIGHT}`}
        role="img"
        aria-label={shares.map((share) => format.percent(share)).join(', ')}
      >
        {shown.map(({ id, quizTitle }, at) => {
          const height = Math.max(2, (shares[at] ?? 0) * HEIGHT)
          return (
            <rect
              key={id}
              className={styles.bar}
              data-current={id === attemptId || undefined}
              x={at * STEP + 3}
              y={HEIGHT - height}
              width={STEP - 6}
              height={height}
              rx={2}
            >
              <title>{`${quizTitle}: ${format.percent(shares[at] ?? 0)}`}</title>
            </rect>
          )
        })}
        {cutoff !== undefined && (
          <line
            className={styles.cutoff}
            x1={0}
            x2={shown.length * STEP}
            y1={HEIGHT * (1 - cutoff)}
            y2={HEIGHT * (1 - cutoff)}
          />
        )}
      </svg>
    </figure>
  )
}
