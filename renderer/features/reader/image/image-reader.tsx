import { Button } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { DocumentNotice } from '../document-notice.tsx'
import { HighlightNotice } from '../highlight-notice.tsx'
import { placeBoxes } from '../place-boxes.ts'
import { ReaderFrame } from '../reader-frame.tsx'
import { useReaderKeys } from '../reader-keys.ts'
import { useReaderView } from '../reader-view.ts'
import { RecognitionNotice } from '../recognition-notice.tsx'
import { useAskedHighlight } from '../use-asked-highlight.ts'
import { useReaderPlace } from '../use-reader-place.ts'
import { ZoomMenu } from '../zoom-menu.tsx'
import { scaleOf, stepScale } from './fit-picture.ts'
import styles from './image-reader.module.css'
import { usePicture } from './use-picture.ts'

/** A picture, as a document of one page: zoom, and the quoted passage marked where it stands. */
export function ImageReader({ document }: { document: Document }) {
  const { t } = useTranslation()
  const container = useRef<HTMLElement>(null)
  const { ref: measured, width, height } = useElementSize<HTMLElement>()
  const [attempt, setAttempt] = useState(0)
  const { zoom, set } = useReaderView()
  const { asked, clearHighlight } = useReaderPlace(document.id)
  const { highlight, missing } = useAskedHighlight(document.id, asked)
  const picture = usePicture(document.id, attempt)
  const ready = picture.phase === 'ready'
  const scale = ready && width > 0 ? scaleOf(zoom, picture, { width, height }) : 1
  const zoomBy = (steps: number) => set({ zoom: stepScale(scale, steps) })

  const marks = useMemo(
    () =>
      highlight
        ? placeBoxes(highlight.boxes, { width: highlight.pageWidth, height: highlight.pageHeight }).map((box) => ({
            left: `${box.left * 100}%`,
            top: `${box.top * 100}%`,
            width: `${box.width * 100}%`,
            height: `${box.height * 100}%`,
          }))
        : [],
    [highlight],
  )
  const showMark = useCallback(() => {
    container.current
      ?.querySelector('[data-testid="highlight"]')
      ?.scrollIntoView({ block: 'center', inline: 'nearest' })
  }, [])
  useEffect(() => {
    if (ready && marks.length > 0) showMark()
  }, [ready, marks, showMark])

  useReaderKeys({
    find: () => {},
    escape: () => false,
    zoomBy,
    zoomReset: () => set({ zoom: 'auto' }),
    nextPage: () => {},
    previousPage: () => {},
    scroller: () => container.current,
  })

  return (
    <ReaderFrame
      title={document.title}
      right={<ZoomMenu scale={scale} zoom={zoom} onZoom={(chosen) => set({ zoom: chosen })} onStep={zoomBy} />}
      notices={
        <>
          <DocumentNotice document={document} />
          {document.status === 'ready' && <RecognitionNotice document={document} pageNumber={1} />}
          <HighlightNotice
            highlight={highlight}
            missing={missing}
            placed={marks.length > 0}
            onShow={showMark}
            onClear={() => clearHighlight(1)}
          />
        </>
      }
    >
      <section
        ref={useMergedRef(container, measured)}
        className={styles.container}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
        tabIndex={0}
        aria-label={document.title}
      >
        {picture.phase === 'ready' && (
          <div
            className={styles.page}
            data-page={1}
            style={{ width: picture.width * scale, height: picture.height * scale }}
          >
            <img className={styles.picture} src={picture.url} alt={document.title} />
            {marks.map((style) => (
              <div key={`${style.left} ${style.top}`} className={styles.mark} style={style} data-testid="highlight" />
            ))}
          </div>
        )}
        {picture.phase === 'loading' && (
          <div className={styles.middle}>
            <Meter share={undefined} label={t('reader.loading')} />
          </div>
        )}
        {picture.phase === 'failed' && (
          <div className={styles.middle}>
            <FailureNote
              failure={{ code: 'file-damaged', message: picture.reason }}
              title={t('reader.picture.failed')}
              actions={
                <Button size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
                  {t('common.retry')}
                </Button>
              }
            />
          </div>
        )}
      </section>
    </ReaderFrame>
  )
}
