import { Popover } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Citation } from '#contract/ask.ts'
import { pageName } from '../../ui/page-name.ts'
import { readerPath } from '../reader/index.ts'
import styles from './cite-link.module.css'

/** A pointer passing over a number opens nothing. */
const OPEN_AFTER_MS = 180
const CLOSE_AFTER_MS = 120

/** The number of a source: its quote on pointing at it or reaching it by keyboard, its page on clicking. */
export function CiteLink({ citation }: { citation: Citation }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const soon = (open: boolean) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpened(open), open ? OPEN_AFTER_MS : CLOSE_AFTER_MS)
  }
  const { number, title, quote } = citation
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={380}
      withinPortal
      trapFocus={false}
      withRoles={false}
    >
      <Popover.Target>
        <Link
          href={readerPath(citation)}
          className={`${styles.cite} tabular`}
          aria-label={t('ask.answer.source', { number, title, place: pageName(t, citation) })}
          data-testid="citation"
          onMouseEnter={() => soon(true)}
          onMouseLeave={() => soon(false)}
          onFocus={() => soon(true)}
          onBlur={() => soon(false)}
          onKeyDown={(event: React.KeyboardEvent) => {
            if (event.key === 'Escape') setOpened(false)
          }}
        >
          {number}
        </Link>
      </Popover.Target>
      <Popover.Dropdown
        className={styles.preview}
        role="tooltip"
        onMouseEnter={() => soon(true)}
        onMouseLeave={() => soon(false)}
      >
        <p className={styles.place}>
          <span className={styles.title}>{title}</span>
          <span className={styles.page}>{pageName(t, citation)}</span>
        </p>
        <blockquote className={styles.quote}>{quote}</blockquote>
      </Popover.Dropdown>
    </Popover>
  )
}
