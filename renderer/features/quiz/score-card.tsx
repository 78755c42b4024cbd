import { useTranslation } from 'react-i18next'
import type { Attempt, QuizSummary, Score } from '#contract/quiz.ts'
import { useFormat } from '../../ui/use-format.ts'
import { CutoffField, useCutoff } from './cutoff-field.tsx'
import { shareOfMarks } from './format-marks.ts'
import styles from './score-card.module.css'
import { ScoreTrend } from './score-trend.tsx'
import { useMarks } from './use-marks.ts'

/** The score, exact, and where it came from. */
export function ScoreCard({ quiz, attempt, score }: { quiz: QuizSummary; attempt: Attempt; score: Score }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { marks, signed } = useMarks()
  const { scheme } = attempt
  const cutoff = useCutoff(quiz.examId)
  const answered = score.correctCount + score.wrongCount
  const total = answered + score.blankCount
  const parts = [
    { key: 'correct', count: score.correctCount, units: score.correctCount * scheme.correctUnits },
    { key: 'wrong', count: score.wrongCount, units: score.wrongCount * scheme.wrongUnits },
    { key: 'blank', count: score.blankCount, units: score.blankCount * scheme.blankUnits },
  ] as const
  return (
    <section className={styles.card} aria-label={t('quiz.review.score')}>
      <div className={styles.score}>
        <span className={`${styles.marks} tabular`} data-testid="score">
          {marks(score.scoreUnits)}
        </span>
        <span className={`${styles.of} tabular`}>{t('quiz.review.of', { max: marks(score.maxUnits) })}</span>
        <span className={`${styles.percent} tabular`}>
          {format.percent(shareOfMarks(score.scoreUnits, score.maxUnits))}
        </span>
      </div>
      <div className={styles.bar} aria-hidden>
        {parts.map(({ key, count }) => (
          <span key={key} data-outcome={key} style={{ flexGrow: total > 0 ? count : 0 }} />
        ))}
      </div>
      <dl className={`${styles.parts} tabular`}>
        {parts.map(({ key, count, units }) => (
          <div key={key} className={styles.part}>
            <dt>
              <span className={styles.dot} data-outcome={key} aria-hidden />
              {t(`quiz.review.${key}`, { count })}
            </dt>
            <dd>{t('quiz.review.marks', { marks: signed(units) })}</dd>
          </div>
        ))}
      </dl>
      <p className={`${styles.note} tabular`}>
        {answered > 0 && (
          <>
            {t('quiz.review.accuracy', { share: format.percent(score.correctCount / answered) })}
            {' · '}
          </>
        )}
        {t('quiz.review.time', {
          used: format.duration(attempt.elapsedMs),
          total: format.duration(attempt.durationMs),
        })}
        {' · '}
        {t('quiz.review.scheme', {
          name: scheme.name,
          correct: signed(scheme.correctUnits),
          wrong: signed(scheme.wrongUnits),
          blank: marks(scheme.blankUnits),
        })}
        {score.droppedCount > 0 && ` · ${t('quiz.review.droppedCount', { count: score.droppedCount })}`}
      </p>
      <div className={styles.aims}>
        <CutoffField examId={quiz.examId} score={score} />
      </div>
      <ScoreTrend
        attemptId={attempt.id}
        examId={quiz.examId}
        cutoff={cutoff === undefined ? undefined : cutoff / 100}
      />
    </section>
  )
}
