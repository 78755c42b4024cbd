import type { ReactNode } from 'react'
import styles from './reader-notice.module.css'

/** A strip under the tools: what to know about what is on screen, and what can be done about it. */
export function ReaderNotice(props: {
  tone: 'mark' | 'info' | 'warn'
  icon: ReactNode
  children: ReactNode
  actions?: ReactNode
}) {
  const { tone, icon, children, actions } = props
  return (
    <div className={styles.notice} data-tone={tone}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.text}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
