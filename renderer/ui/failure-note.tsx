import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '#contract/errors.ts'
import styles from './failure-note.module.css'

/** A failure in the person's language: what happened, what to do next, and the core's own words behind "Details". */
export function FailureNote(props: {
  failure: Failure
  /** Replaces the title of the failure's code, where the page knows better what did not work. */
  title?: string
  actions?: ReactNode
}) {
  const { failure, title, actions } = props
  const { t } = useTranslation()
  const reason = t(`failures.${failure.code}.title`)
  const page = failure.page === undefined ? '' : ` ${t('failures.atPage', { page: failure.page })}`
  return (
    <div className={styles.note} role="alert">
      <IconAlertTriangle size={18} className={styles.icon} aria-hidden />
      <div className={styles.body}>
        <p className={styles.title}>{title ?? reason}</p>
        <p className={styles.next}>
          {title && `${t('failures.sentence', { title: reason })} `}
          {t(`failures.${failure.code}.next`)}
          {page}
        </p>
        {failure.message && (
          <details className={styles.details}>
            <summary>{t('failures.details')}</summary>
            <p lang="en">{failure.message}</p>
          </details>
        )}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
