import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Score } from '#contract/quiz.ts'
import { usePreferences } from '../../state/preferences.ts'
import styles from './score-card.module.css'
import { useMarks } from './use-marks.ts'

/** The share of the marks that the person wants to pass with, for an exam: 0..100. */
export function useCutoff(examId: string): number | undefined {
  return usePreferences().settings?.cutoffs[examId]
}

/** The cut-off the person sets for an exam, and how this score stands to it. */
export function CutoffField({ examId, score }: { examId: string; score: Score }) {
  const { t } = useTranslation()
  const { signed } = useMarks()
  const { settings, save } = usePreferences()
  if (!settings) return null
  const percent = settings.cutoffs[examId]
  const set = (value: number | string) => {
    const { [examId]: _, ...others } = settings.cutoffs
    void save({ cutoffs: typeof value === 'number' && value > 0 ? { ...others, [examId]: value } : others })
  }
  const needUnits = percent === undefined ? undefined : Math.ceil((score.maxUnits * percent) / 100)
  return (
    <div className={styles.cutoff}>
      <NumberInput
        label={t('quiz.cutoff.label')}
        size="xs"
        w={110}
        min={0}
        max={100}
        decimalScale={1}
        suffix=" %"
        placeholder={t('quiz.cutoff.none')}
        value={percent ?? ''}
        onChange={set}
      />
      {needUnits !== undefined && (
        <span className={styles.standing} data-passed={score.scoreUnits >= needUnits || undefined}>
          {t(score.scoreUnits >= needUnits ? 'quiz.cutoff.above' : 'quiz.cutoff.below', {
            marks: signed(score.scoreUnits - needUnits),
          })}
        </span>
      )}
    </div>
  )
}
