import { Input, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DifficultyWish } from '#contract/quiz.ts'
import styles from './new-quiz-page.module.css'

/** How hard the questions are to be, and by what that is measured. */
export function DifficultyField(props: { difficulty: DifficultyWish; onDifficulty(difficulty: DifficultyWish): void }) {
  const { difficulty, onDifficulty } = props
  const { t } = useTranslation()
  return (
    <div>
      <Input.Label id="quiz-difficulty" component="div" display="block" mb={2}>
        {t('quiz.difficulty.label')}
      </Input.Label>
      <SegmentedControl
        aria-labelledby="quiz-difficulty"
        value={difficulty}
        onChange={(chosen) => onDifficulty(chosen as DifficultyWish)}
        data={DifficultyWish.options.map((value) => ({ value, label: t(`quiz.difficulty.${value}`) }))}
      />
      <p className={styles.told}>{t(`quiz.difficulty.told.${difficulty}`)}</p>
    </div>
  )
}
