import { Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { QuizStyle } from '#contract/quiz.ts'
import styles from './style-field.module.css'

/** The styles of questions, each with what it is and how one looks. */
export function StyleField(props: { style: QuizStyle; onStyle(style: QuizStyle): void }) {
  const { style, onStyle } = props
  const { t } = useTranslation()
  return (
    <fieldset className={styles.field}>
      <Input.Label component="legend" className={styles.legend}>
        {t('quiz.create.style')}
      </Input.Label>
      <div className={styles.cards}>
        {QuizStyle.options.map((value) => (
          <label key={value} className={styles.card} data-chosen={value === style || undefined}>
            <input
              type="radio"
              name="quiz-style"
              className={styles.radio}
              value={value}
              checked={value === style}
              onChange={() => onStyle(value)}
            />
            <span className={styles.name}>{t(`quiz.style.${value}`)}</span>
            <span className={styles.is}>{t(`quiz.styleIs.${value}`)}</span>
            <span className={styles.example}>{t(`quiz.styleExample.${value}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
