import { Input, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { QuizOnly, QuizReach } from '#contract/quiz.ts'
import { RetryNote } from '../../ui/retry-note.tsx'
import styles from './new-quiz-page.module.css'

const CHOICES: readonly QuizOnly[] = ['all', 'wrong', 'week']

/** From which passages the questions come, and in one line how much that is now. */
export function ReachField(props: {
  only: QuizOnly
  query: { data: QuizReach | undefined; error: unknown; refetch: () => Promise<unknown> }
  onOnly(only: QuizOnly): void
}) {
  const { only, query, onOnly } = props
  const { t } = useTranslation()
  const count = only === 'all' ? undefined : query.data?.[only].count
  return (
    <div>
      <Input.Label id="quiz-only" component="div" display="block" mb={2}>
        {t('quiz.create.only.label')}
      </Input.Label>
      <SegmentedControl
        aria-labelledby="quiz-only"
        value={only}
        onChange={(chosen) => onOnly(chosen as QuizOnly)}
        data={CHOICES.map((value) => ({ value, label: t(`quiz.create.only.${value}`) }))}
      />
      {only !== 'all' && count === undefined && query.error ? (
        <RetryNote error={query.error} onRetry={query.refetch} />
      ) : (
        <p className={styles.told} role="status" data-empty={count === 0 || undefined}>
          {only === 'all'
            ? t('quiz.create.only.allTold')
            : count === undefined
              ? t('common.loading')
              : count === 0
                ? t(`quiz.create.only.${only}None`)
                : t(`quiz.create.only.${only}Told`, { count })}
        </p>
      )}
    </div>
  )
}
