import { Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { QuizStyle } from '#contract/quiz.ts'
import styles from './style-field.module.css'
import { useStyles } from './use-styles.ts'

/** The styles of questions, each with what it is and how one looks. */
export function StyleField(props: { style: QuizStyle; onStyle(style: QuizStyle): void }) {
  const { style, onStyle } = props
  const { t } = useTranslation()
  const choices = useStyles()
  return (
    <fieldset className={styles.field}>
      <Input.Label component="legend" className={styles.legend}>
        {t('quiz.create.style')}
      </Input.Label>
      <div className={styles.cards}>
        {choices.map(({ id: value, name, is, example }) => (
          <label key={value} className={styles.card} data-chosen={value === style || undefined}>
            <input
              type="radio"
              name="quiz-style"
              className={styles.radio}
              value={value}
              checked={value === style}
              onChange={() => onStyle(value)}
            />
            <span className={styles.name}>{name}</span>
            <span className={styles.is}>{is}</span>
            <span className={styles.example}>{example}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
