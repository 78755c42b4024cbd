import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

/** What a list shows when there is nothing in it: why, and the way on. */
export function EmptyState(props: {
  /** A Tabler icon of size 26. */
  icon?: ReactNode
  title: string
  body?: ReactNode
  actions?: ReactNode
  /** The level that fits the page's outline. */
  headingLevel?: 2 | 3
}) {
  const { icon, title, body, actions, headingLevel = 2 } = props
  const Heading = `h${headingLevel}` as const
  return (
    <div className={styles.empty}>
      {icon && (
        <div className={styles.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {body && <p className={styles.body}>{body}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
