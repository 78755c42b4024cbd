import type { ReactNode } from 'react'
import { usePageTitle } from '../state/page-title.ts'
import styles from './page-frame.module.css'

const WIDTHS = { reading: '760px', form: '920px', list: '1160px', wide: '1560px' } as const

/** From here on a title is a sentence, and is set like one. */
const LONG_TITLE = 80

/** The common frame of a page: its name as heading and window title, its actions, its width. */
export function PageFrame(props: {
  title: string
  lead?: ReactNode
  /** Buttons at the right of the heading. */
  actions?: ReactNode
  width?: keyof typeof WIDTHS
  /** Keeps the heading for screen readers alone, where the page opens with something larger. */
  hideHeading?: boolean
  children: ReactNode
}) {
  const { title, lead, actions, width = 'list', hideHeading = false, children } = props
  usePageTitle(title)
  return (
    <div className={styles.page} data-width={width} style={{ '--page-width': WIDTHS[width] }}>
      {hideHeading ? (
        <h1 className="visually-hidden">{title}</h1>
      ) : (
        <header className={styles.header}>
          <div className={styles.titles}>
            <h1 className={styles.title} data-long={title.length > LONG_TITLE || undefined}>
              {title}
            </h1>
            {lead && <p className={styles.lead}>{lead}</p>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </div>
  )
}
