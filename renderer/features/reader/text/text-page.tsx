import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../../client/index.ts'
import { pageName } from '../../../ui/page-name.ts'
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
  /** A text that knows no headings of its own. */
  plain: boolean
}) {
  const { documentId, pageNumber, eager, ranges, alone, plain } = props
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
      aria-label={pageName(t, { page: pageNumber, pageLabel: page?.label })}
    >
      {!alone && (
        <div className={`${styles.number} tabular`} aria-hidden>
          {pageNumber}
        </div>
      )}
      {page ? (
        page.text.trim() ? (
          <PageText text={page.text} headings={plain ? undefined : page.headings} ranges={ranges} />
        ) : (
          <p className={styles.empty}>{t('reader.text.empty')}</p>
        )
      ) : (
        <Skeleton height={900} animate={near} />
      )}
    </section>
  )
})

function PageText(props: { text: string; headings: readonly number[] | undefined; ranges: readonly PaintedRange[] }) {
  const { text, headings, ranges } = props
  const pieces = useMemo(() => layOutText(text, headings), [text, headings])
  const words = (start: number, end: number) => <PaintedText text={text} start={start} end={end} ranges={ranges} />
  return pieces.map((piece) => {
    const { start, end } = piece
    switch (piece.kind) {
      case 'heading': {
        // The document's own title stands above as h1.
        const Tag = piece.level <= 1 ? 'h2' : piece.level === 2 ? 'h3' : 'h4'
        return (
          <Tag key={start} className={styles.heading} data-level={Math.min(piece.level, 3)}>
            {words(start, end)}
          </Tag>
        )
      }
      case 'table':
        return (
          <div key={start} className={styles.tableFrame}>
            <table className={styles.table}>
              <tbody>
                {piece.rows.map((row) => (
                  <tr key={row[0]?.start}>
                    {row.map((cell) => (
                      <td key={cell.start}>{words(cell.start, cell.end)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      case 'item':
        return (
          <p key={start} className={styles.item} style={{ '--depth': piece.depth }}>
            {words(start, end)}
          </p>
        )
      case 'paragraph':
        return (
          <p key={start} className={styles.paragraph}>
            {words(start, end)}
          </p>
        )
    }
    return null
  })
}

/** A stretch of the page's text, with what is to be marked in it. */
function PaintedText(props: { text: string; start: number; end: number; ranges: readonly PaintedRange[] }) {
  const { text, start, end, ranges } = props
  return paintRanges(start, end, ranges).map((part) => {
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
  })
}
