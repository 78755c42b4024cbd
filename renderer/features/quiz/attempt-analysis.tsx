import { useTranslation } from 'react-i18next'
import type { Attempt } from '#contract/quiz.ts'
import { useFormat } from '../../ui/use-format.ts'
import { type GroupResult, resultsBy, slowest, worthOfAnswering } from './analyse-attempt.ts'
import styles from './attempt-analysis.module.css'
import type { ReviewedQuestion } from './review-filter.ts'
import { useMarks } from './use-marks.ts'
import { useStyleName } from './use-styles.ts'

const MOST_TOPICS = 8
const SLOWEST = 3

/** What the attempt says: by style and topic, whether answering paid, and where the time went. */
export function AttemptAnalysis({ attempt, reviewed }: { attempt: Attempt; reviewed: readonly ReviewedQuestion[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { signed } = useMarks()
  const styleName = useStyleName()
  const { scheme } = attempt
  const byStyle = resultsBy(reviewed, scheme, ({ question }) => styleName(question.style))
  const byTopic = resultsBy(
    reviewed,
    scheme,
    ({ question }) => question.topic ?? question.source?.title ?? t('quiz.analysis.noTopic'),
  )
  const worth = worthOfAnswering(reviewed, scheme)
  const slow = slowest(reviewed, SLOWEST)
  return (
    <details className={styles.card}>
      <summary className={styles.summary}>{t('quiz.analysis.title')}</summary>
      <div className={styles.tables}>
        <ResultTable caption={t('quiz.analysis.byStyle')} results={byStyle} />
        <ResultTable caption={t('quiz.analysis.byTopic')} results={byTopic.slice(0, MOST_TOPICS)} />
      </div>
      {worth && (
        <section className={styles.part}>
          <h3 className={styles.heading}>{t('quiz.analysis.guessing')}</h3>
          <p className={styles.told}>
            {t('quiz.analysis.perAnswer', { marks: signed(Math.round(worth.perAnswerUnits)) })}{' '}
            {t('quiz.analysis.breakEven', {
              share: format.percent(worth.breakEven),
              marks: signed(Math.round(worth.blindUnits)),
            })}
          </p>
        </section>
      )}
      {slow.length > 0 && (
        <section className={styles.part}>
          <h3 className={styles.heading}>{t('quiz.analysis.time')}</h3>
          <p className={`${styles.told} tabular`}>
            {slow
              .map(({ number, spentMs }) => t('quiz.analysis.took', { number, time: format.duration(spentMs) }))
              .join(' · ')}
          </p>
        </section>
      )}
    </details>
  )
}

function ResultTable({ caption, results }: { caption: string; results: readonly GroupResult[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { signed } = useMarks()
  return (
    <table className={styles.table}>
      <caption className={styles.heading}>{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('quiz.analysis.right')}</th>
          <th scope="col">{t('quiz.analysis.accuracy')}</th>
          <th scope="col">{t('quiz.analysis.marks')}</th>
        </tr>
      </thead>
      <tbody className="tabular">
        {results.map(({ name, total, correct, accuracy, units }) => (
          <tr key={name}>
            <th scope="row" title={name}>
              {name}
            </th>
            <td>
              {format.number(correct)}/{format.number(total)}
            </td>
            <td>{accuracy === undefined ? '–' : format.percent(accuracy)}</td>
            <td>{signed(units)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
