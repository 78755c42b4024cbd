import { useTranslation } from 'react-i18next'
import type { Failure } from '#contract/errors.ts'
import styles from './failure-text.module.css'

/** A failure in one run of text, for rows of a list: what happened, in which page, what to do next. */
export function FailureText({ failure }: { failure: Failure }) {
  const { t } = useTranslation()
  const { code, page, message } = failure
  const title = t(`failures.${code}.title`)
  return (
    <span className={styles.text} title={message || undefined}>
      <strong>
        {page === undefined ? t('failures.sentence', { title }) : t('failures.sentenceAtPage', { title, page })}
      </strong>{' '}
      {t(`failures.${code}.next`)}
    </span>
  )
}
