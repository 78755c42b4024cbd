import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../../client/index.ts'
import { layOutText } from './lay-out-text.ts'
import { type PaintedRange, paintRanges } from './paint-ranges.ts'
import styles from './text-page.module.css'

/** One page of a text document, fetched when it comes near the window. */
export const TextPage = memo(function TextPage(props: {
  documentId: DocumentId
  pageNumber: number
  /** Fetched at once: it is what the reader was opened at. */
  eager: boolean
  ranges: readonly PaintedRange[]
  alone: boolean
}) {
  const { documentId, pageNumber, eager, ranges, alone } = props
  const { t } = useTranslation()
  const element = useRef<HTMLElement>(null)
  const [near, setNear] = useState(eager)
  useEffect(() => {
    if (near || !element.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      { rootMargin: '1200px 0px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [near])
  const { data: page } = useQuery(
    orpc.documents.page.queryOptions({
      input: { documentId, pageNumber },
      enabled: near || eager,
      staleTime: 60_000,
    }),
  )
  return (
    <section
      ref={element}
      className={styles.page}
      data-page={pageNumber}
      aria-label={t('reader.page.label', { page: pageNumber })}
    >
      {!alone && (
        <div className={`${styles.number} tabular`} aria-hidden>
          {pageNumber}
        </div>
      )}
      {page ? (
        page.text.trim() ? (
          <PageText text={page.text} ranges={ranges} />
        ) : (
          <p className={styles.empty}>{t('reader.text.empty')}</p>
        )
      ) : (
        <Skeleton height={900} animate={near} />
      )}
    </section>
  )
})

function PageText({ text, ranges }: { text: string; ranges: readonly PaintedRange[] }) {
  const pieces = useMemo(() => layOutText(text), [text])
  return pieces.map(({ kind, start, end }) => {
    const Tag = kind === 'heading' ? 'h2' : 'p'
    return (
      <Tag key={start} className={styles[kind]}>
        {paintRanges(start, end, ranges).map((part) => {
          const words = text.slice(part.start, part.end)
          if (part.paints.length === 0) return <span key={part.start}>{words}</span>
          const paint = part.paints.includes('current') ? 'current' : part.paints.includes('match') ? 'match' : 'quote'
          return (
            <mark
              key={part.start}
              className={styles[paint]}
              data-testid={part.paints.includes('quote') ? 'highlight' : undefined}
              data-paint={paint}
            >
              {words}
            </mark>
          )
        })}
      </Tag>
    )
  })
}
