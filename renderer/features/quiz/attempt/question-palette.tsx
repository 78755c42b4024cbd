import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../ui/use-format.ts'
import type { AttemptCounts, PaletteEntry } from './attempt-state.ts'
import styles from './question-palette.module.css'

/** Every question of the test as a numbered square: answered, seen, marked, in view. */
export function QuestionPalette(props: {
  entries: readonly PaletteEntry[]
  current: number
  counts: AttemptCounts
  onGo(index: number): void
}) {
  const { entries, current, counts, onGo } = props
  const { t } = useTranslation()
  const format = useFormat()
  const skipped = entries.filter(({ standing }) => standing === 'skipped').length
  const legend = [
    ['answered', counts.answered],
    ['skipped', skipped],
    ['unseen', counts.blank - skipped],
    ['marked', counts.marked],
  ] as const
  return (
    <nav aria-labelledby="test-palette">
      <h2 id="test-palette" className={styles.heading}>
        {t('quiz.attempt.palette')}
      </h2>
      <ol className={styles.grid}>
        {entries.map(({ questionId, standing, marked }, index) => (
          <li key={questionId}>
            <button
              type="button"
              className={`${styles.square} tabular`}
              data-standing={standing}
              data-marked={marked || undefined}
              aria-current={index === current ? 'step' : undefined}
              aria-label={t(marked ? 'quiz.attempt.goToMarked' : 'quiz.attempt.goTo', {
                number: index + 1,
                standing: t(`quiz.attempt.standing.${standing}`),
              })}
              onClick={() => onGo(index)}
            >
              {format.number(index + 1)}
            </button>
          </li>
        ))}
      </ol>
      <dl className={styles.legend}>
        {legend.map(([standing, count]) => (
          <div key={standing} className={styles.entry}>
            <dt>
              <span
                className={styles.sample}
                data-standing={standing === 'marked' ? 'unseen' : standing}
                data-marked={standing === 'marked' || undefined}
                aria-hidden
              />
              {t(`quiz.attempt.standing.${standing}`)}
            </dt>
            <dd className="tabular">{format.number(count)}</dd>
          </div>
        ))}
      </dl>
    </nav>
  )
}
