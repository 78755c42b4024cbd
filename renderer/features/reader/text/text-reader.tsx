import { ActionIcon } from '@mantine/core'
import { IconFileText, IconTextDecrease, IconTextIncrease } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../../client/index.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { pageName } from '../../../ui/page-name.ts'
import { DocumentNotice } from '../document-notice.tsx'
import { FindBar } from '../find-bar.tsx'
import { FindButton } from '../find-button.tsx'
import { HighlightNotice } from '../highlight-notice.tsx'
import { PageField } from '../page-field.tsx'
import { ReaderFrame } from '../reader-frame.tsx'
import { useReaderKeys } from '../reader-keys.ts'
import { placeLeft, useReaderView } from '../reader-view.ts'
import { SelectionActions } from '../selection-actions.tsx'
import { useAskedHighlight } from '../use-asked-highlight.ts'
import { useReaderPlace } from '../use-reader-place.ts'
import type { PaintedRange } from './paint-ranges.ts'
import { TextPage } from './text-page.tsx'
import styles from './text-reader.module.css'
import { useHoldInView } from './use-hold-in-view.ts'
import { usePageInView } from './use-page-in-view.ts'
import { useTextFind } from './use-text-find.ts'

const SMALLEST_SIZE = 0.8
const LARGEST_SIZE = 2
const SIZE_STEP = 0.1
const NOTHING: readonly PaintedRange[] = []

/** A document of text (a text file, a book, a web page, slides), set for reading, with the quoted passage marked. */
export function TextReader({ document }: { document: Document }) {
  const { t } = useTranslation()
  const { id: documentId, pageCount } = document
  const container = useRef<HTMLElement>(null)
  const { textSize, set } = useReaderView()
  const { asked, follow, clearHighlight } = useReaderPlace(documentId)
  const { highlight, missing } = useAskedHighlight(documentId, asked)
  const [initialPage] = useState(() =>
    Math.min(Math.max(1, asked.page ?? placeLeft(documentId)), Math.max(1, pageCount)),
  )
  const pageInView = usePageInView(container, pageCount)
  const find = useTextFind(documentId, pageCount, pageInView)
  const [finding, setFinding] = useState<number>()

  const hold = useHoldInView(container, pageCount > 0)
  const goToPage = useCallback(
    (page: number) => hold(() => container.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView()),
    [hold],
  )
  /** A mark is there once its page was fetched; until then its page is brought into view. */
  const goToMark = useCallback(
    (paint: PaintedRange['paint'], page: number) =>
      hold(() => {
        const mark = container.current?.querySelector(`[data-paint="${paint}"]`)
        if (mark) mark.scrollIntoView({ block: 'center' })
        else container.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView()
      }),
    [hold],
  )
  useEffect(() => {
    if (pageCount > 0 && initialPage > 1) goToPage(initialPage)
  }, [pageCount, initialPage, goToPage])
  useEffect(() => follow(pageInView, goToPage), [pageInView, goToPage, follow])
  useEffect(() => {
    if (highlight) goToMark('quote', highlight.pageNumber)
  }, [highlight, goToMark])
  const { current } = find
  useEffect(() => {
    if (current) goToMark('current', current.page)
  }, [current, goToMark])

  const rangesByPage = useMemo(() => {
    const byPage = new Map<number, PaintedRange[]>()
    const add = (page: number, range: PaintedRange) => byPage.set(page, [...(byPage.get(page) ?? []), range])
    if (highlight) {
      add(highlight.pageNumber, { start: highlight.startOffset, end: highlight.endOffset, paint: 'quote' })
    }
    for (const match of find.matches) add(match.page, { ...match, paint: match === current ? 'current' : 'match' })
    return byPage
  }, [highlight, find.matches, current])

  const resize = (step: number) =>
    set({ textSize: Math.min(LARGEST_SIZE, Math.max(SMALLEST_SIZE, Math.round((textSize + step) * 10) / 10)) })
  const closeFind = () => {
    setFinding(undefined)
    find.setQuery('')
    container.current?.focus({ preventScroll: true })
  }
  const openFind = () => setFinding((finding ?? 0) + 1)
  useReaderKeys({
    find: openFind,
    escape: () => {
      if (finding === undefined) return false
      closeFind()
      return true
    },
    zoomBy: (steps) => resize(steps * SIZE_STEP),
    zoomReset: () => set({ textSize: 1 }),
    nextPage: () => goToPage(Math.min(pageCount, pageInView + 1)),
    previousPage: () => goToPage(Math.max(1, pageInView - 1)),
    scroller: () => container.current,
  })

  return (
    <ReaderFrame
      title={document.title}
      middle={
        pageCount > 1 && (
          <div className={styles.middle}>
            <PageField page={pageInView} pageCount={pageCount} onPage={goToPage} />
            <PlaceName documentId={documentId} pageNumber={pageInView} />
          </div>
        )
      }
      right={
        <>
          <ActionIcon
            aria-label={t('reader.zoom.out')}
            title={t('reader.zoom.out')}
            disabled={textSize <= SMALLEST_SIZE}
            onClick={() => resize(-SIZE_STEP)}
          >
            <IconTextDecrease size={18} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('reader.zoom.in')}
            title={t('reader.zoom.in')}
            disabled={textSize >= LARGEST_SIZE}
            onClick={() => resize(SIZE_STEP)}
          >
            <IconTextIncrease size={18} />
          </ActionIcon>
          <FindButton onOpen={openFind} />
        </>
      }
      notices={
        <>
          <DocumentNotice document={document} />
          <HighlightNotice
            highlight={highlight}
            missing={missing}
            placed
            onShow={() => highlight && goToMark('quote', highlight.pageNumber)}
            onClear={() => clearHighlight(pageInView)}
          />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard */}
      <section ref={container} className={styles.container} tabIndex={0} aria-label={document.title}>
        {pageCount === 0 ? (
          <EmptyState
            icon={<IconFileText size={26} />}
            title={t('reader.text.notYet')}
            body={t('reader.text.notYetBody')}
          />
        ) : (
          <article className={styles.sheet} style={{ '--text-size': textSize }}>
            {Array.from({ length: pageCount }, (_, i) => i + 1).map((pageNumber) => (
              <TextPage
                key={pageNumber}
                documentId={documentId}
                pageNumber={pageNumber}
                eager={
                  pageNumber === initialPage || pageNumber === highlight?.pageNumber || pageNumber === current?.page
                }
                ranges={rangesByPage.get(pageNumber) ?? NOTHING}
                alone={pageCount === 1}
                plain={document.mediaType === 'text/plain'}
              />
            ))}
          </article>
        )}
      </section>
      {finding !== undefined && (
        <FindBar
          progress={find.progress}
          query={find.query}
          focusCount={finding}
          onQuery={find.setQuery}
          onAgain={find.again}
          onClose={closeFind}
        />
      )}
      <SelectionActions within={container} documentId={documentId} />
    </ReaderFrame>
  )
}

/** The chapter or slide in view, for documents whose pages have such names. */
function PlaceName({ documentId, pageNumber }: { documentId: DocumentId; pageNumber: number }) {
  const { t } = useTranslation()
  const { data: page } = useQuery(
    orpc.documents.page.queryOptions({ input: { documentId, pageNumber }, staleTime: 60_000 }),
  )
  if (!page?.label) return null
  const name = pageName(t, { page: pageNumber, pageLabel: page.label })
  return (
    <span className={styles.place} title={name}>
      {name}
    </span>
  )
}
