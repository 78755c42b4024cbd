import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { drawThumbnail } from './draw-thumbnail.ts'
import styles from './page-thumbnails.module.css'
import { scrollToRow, visibleRows } from './visible-rows.ts'

/** CSS pixels; the row has room for an A4 page and its number. */
const THUMBNAIL_WIDTH = 120
const THUMBNAIL_HEIGHT = 170
const ROW_HEIGHT = THUMBNAIL_HEIGHT + 36

/** The pages as small pictures. Only those in view are drawn, whatever the length of the book. */
export function PageThumbnails(props: {
  document: PDFDocumentProxy
  pageNumber: number
  turn: number
  onPage(pageNumber: number): void
}) {
  const { document, pageNumber, turn, onPage } = props
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ scrollTop: 0, viewportHeight: 0 })

  useEffect(() => {
    const element = list.current
    if (!element) return
    const measure = () => setView({ scrollTop: element.scrollTop, viewportHeight: element.clientHeight })
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [])

  useEffect(() => {
    const element = list.current
    if (!element) return
    const at = { scrollTop: element.scrollTop, viewportHeight: element.clientHeight, rowHeight: ROW_HEIGHT }
    const top = scrollToRow(pageNumber - 1, at)
    if (top !== undefined) element.scrollTop = top
  }, [pageNumber])

  const rows = visibleRows({ ...view, rowHeight: ROW_HEIGHT, rowCount: document.numPages, overscan: 2 })
  return (
    <nav ref={list} className={styles.list} aria-label={t('reader.thumbnails.title')}>
      <ol className={styles.rows} style={{ height: document.numPages * ROW_HEIGHT }}>
        {Array.from({ length: rows.end - rows.first }, (_, i) => rows.first + i + 1).map((number) => (
          <li key={number} className={styles.row} style={{ top: (number - 1) * ROW_HEIGHT, height: ROW_HEIGHT }}>
            <button
              type="button"
              className={styles.button}
              aria-label={t('reader.thumbnails.open', { page: number })}
              aria-current={number === pageNumber ? 'page' : undefined}
              onClick={() => onPage(number)}
            >
              <Thumbnail document={document} pageNumber={number} turn={turn} />
              <span className={`${styles.number} tabular`}>{number}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Thumbnail(props: { document: PDFDocumentProxy; pageNumber: number; turn: number }) {
  const { document, pageNumber, turn } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (!canvas.current) return
    const abort = new AbortController()
    drawThumbnail(canvas.current, {
      document,
      pageNumber,
      turn,
      width: THUMBNAIL_WIDTH,
      height: THUMBNAIL_HEIGHT,
      signal: abort.signal,
    })
    return () => abort.abort()
  }, [document, pageNumber, turn])
  return (
    <span className={styles.frame}>
      <canvas ref={canvas} className={styles.page} />
    </span>
  )
}
