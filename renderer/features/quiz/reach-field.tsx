import { Input, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { QuizOnly, QuizReach } from '#contract/quiz.ts'
import styles from './new-quiz-page.module.css'

const CHOICES: readonly QuizOnly[] = ['all', 'wrong', 'week']

/** From which passages the questions come, and in one line how much that is now. */
export function ReachField(props: { only: QuizOnly; reach: QuizReach | undefined; onOnly(only: QuizOnly): void }) {
  const { only, reach, onOnly } = props
  const { t } = useTranslation()
  const count = only === 'all' ? undefined : reach?.[only].count
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
      <p className={styles.told} role="status" data-empty={count === 0 || undefined}>
        {only === 'all'
          ? t('quiz.create.only.allTold')
          : count === undefined
            ? t('common.loading')
            : count === 0
              ? t(`quiz.create.only.${only}None`)
              : t(`quiz.create.only.${only}Told`, { count })}
      </p>
    </div>
  )
}
