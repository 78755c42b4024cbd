import { Input, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DifficultyWish } from '#contract/quiz.ts'
import styles from './new-quiz-page.module.css'
import type { ShownStyle } from './use-styles.ts'

/** Whether questions of a style can be as hard as is wished; styles that are not there yet are not in the way. */
export function isPossible(difficulty: DifficultyWish, style: ShownStyle | undefined): boolean {
  return difficulty === 'exam' || difficulty === 'mixed' || !style || style.levels.includes(difficulty)
}

/** How hard the questions are to be, by what that is measured, and whether the chosen style has such ones. */
export function DifficultyField(props: {
  difficulty: DifficultyWish
  style: ShownStyle | undefined
  onDifficulty(difficulty: DifficultyWish): void
}) {
  const { difficulty, style, onDifficulty } = props
  const { t } = useTranslation()
  const canBe = isPossible(difficulty, style)
  const levels = (style?.levels ?? []).map((level) => t(`quiz.difficulty.${level}`)).join(', ')
  return (
    <div>
      <Input.Label id="quiz-difficulty" component="div" display="block" mb={2}>
        {t('quiz.difficulty.label')}
      </Input.Label>
      <SegmentedControl
        aria-labelledby="quiz-difficulty"
        aria-describedby="quiz-difficulty-told"
        value={difficulty}
        onChange={(chosen) => onDifficulty(chosen as DifficultyWish)}
        data={DifficultyWish.options.map((value) => ({
          value,
          label: t(`quiz.difficulty.${value}`),
          // What was chosen before the style was stays to be seen, with the reason beneath.
          disabled: value !== difficulty && !isPossible(value, style),
        }))}
      />
      <p id="quiz-difficulty-told" className={styles.told} data-empty={!canBe || undefined} role="status">
        {canBe
          ? t(`quiz.difficulty.told.${difficulty}`)
          : t('quiz.difficulty.impossible', {
              style: style?.name ?? '',
              level: t(`quiz.difficulty.${difficulty}`),
              levels,
            })}
      </p>
    </div>
  )
}
