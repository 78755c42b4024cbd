import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './home-card.module.css'

/** A list of the front page, with the way to the whole of it. */
export function HomeCard(props: {
  title: string
  all?: { label: string; href: string }
  action?: ReactNode
  children: ReactNode
}) {
  const { title, all, action, children } = props
  return (
    <section className={styles.card} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {action}
        {all && (
          <Button component={Link} href={all.href} size="compact-sm" variant="subtle">
            {all.label}
          </Button>
        )}
      </header>
      {children}
    </section>
  )
}
