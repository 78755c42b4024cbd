import { useTranslation } from 'react-i18next'
import type { QuizOnly, QuizReach } from '#contract/quiz.ts'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { RetryNote } from '../../ui/retry-note.tsx'

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
    <ChoiceField
      label={t('quiz.create.only.label')}
      value={only}
      choices={CHOICES.map((value) => ({ value, label: t(`quiz.create.only.${value}`) }))}
      onChoose={onOnly}
      amiss={count === 0}
      told={
        only === 'all' ? (
          t('quiz.create.only.allTold')
        ) : count === undefined ? (
          query.error ? (
            <RetryNote error={query.error} onRetry={query.refetch} />
          ) : (
            t('common.loading')
          )
        ) : count === 0 ? (
          t(`quiz.create.only.${only}None`)
        ) : (
          t(`quiz.create.only.${only}Told`, { count })
        )
      }
    />
  )
}
