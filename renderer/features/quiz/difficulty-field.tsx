import { useTranslation } from 'react-i18next'
import { DifficultyWish } from '#contract/quiz.ts'
import { ChoiceField } from '../../ui/choice-field.tsx'
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
    <ChoiceField
      label={t('quiz.difficulty.label')}
      value={difficulty}
      choices={DifficultyWish.options.map((value) => ({
        value,
        label: t(`quiz.difficulty.${value}`),
        // What was chosen before the style was stays to be seen, with the reason beneath.
        disabled: value !== difficulty && !isPossible(value, style),
      }))}
      onChoose={onDifficulty}
      amiss={!canBe}
      told={
        canBe
          ? t(`quiz.difficulty.told.${difficulty}`)
          : t('quiz.difficulty.impossible', {
              style: style?.name ?? '',
              level: t(`quiz.difficulty.${difficulty}`),
              levels,
            })
      }
    />
  )
}
