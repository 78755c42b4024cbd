import { ActionIcon, Button, useComputedColorScheme } from '@mantine/core'
import { IconLayoutSidebar, IconRotateClockwise } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { DocumentNotice } from '../document-notice.tsx'
import { FindBar } from '../find-bar.tsx'
import { FindButton } from '../find-button.tsx'
import { HighlightNotice } from '../highlight-notice.tsx'
import { PageField } from '../page-field.tsx'
import { PaperMenu } from '../paper-menu.tsx'
import { ReaderFrame } from '../reader-frame.tsx'
import { useReaderKeys } from '../reader-keys.ts'
import { placeLeft, useReaderView } from '../reader-view.ts'
import { RecognitionNotice } from '../recognition-notice.tsx'
import { SelectionActions } from '../selection-actions.tsx'
import { useAskedHighlight } from '../use-asked-highlight.ts'
import { useReaderPlace } from '../use-reader-place.ts'
import { ZoomMenu } from '../zoom-menu.tsx'
import { PageThumbnails } from './page-thumbnails.tsx'
import { PasswordForm } from './password-form.tsx'
import './pdf-layers.css'
import styles from './pdf-reader.module.css'
import { usePdfView } from './use-pdf-view.ts'
import { usePdfViewState } from './use-pdf-view-state.ts'

/** A PDF, read page by page: thumbnails, zoom, find, and the quoted passage marked where it stands. */
export function PdfReader({ document }: { document: Document }) {
  const { t } = useTranslation()
  const format = useFormat()
  const documentId = document.id
  const container = useRef<HTMLDivElement>(null)
  const viewer = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const settings = useReaderView()
  const dark = useComputedColorScheme('light') === 'dark'
  const { asked, follow, clearHighlight } = useReaderPlace(documentId)
  const { highlight, missing } = useAskedHighlight(documentId, asked)

  const view = usePdfView({
    documentId,
    container,
    viewer,
    attempt,
    initial: { pageNumber: asked.page ?? placeLeft(documentId), zoom: settings.zoom },
  })
  const state = usePdfViewState(view)
  const { phase, pageNumber, pageCount, zoom } = state
  const ready = phase === 'ready'
  const [finding, setFinding] = useState<{ query: string; focusCount: number }>()

  const goToPage = useCallback((page: number) => view?.goToPage(page), [view])
  useEffect(() => {
    if (ready) follow(pageNumber, goToPage)
  }, [ready, pageNumber, goToPage, follow])

  useEffect(() => {
    if (ready) settings.set({ zoom })
  }, [ready, zoom, settings.set])

  useEffect(() => view?.labelPages((page) => t('reader.page.label', { page })), [view, t])

  const mark = useMemo(() => (highlight && highlight.boxes.length > 0 ? highlight : undefined), [highlight])
  useEffect(() => view?.showHighlight(mark), [view, mark])

  // The arrows and Page Down scroll the pages at once, without a click into them first.
  useEffect(() => {
    if (ready && window.document.activeElement === window.document.body)
      container.current?.focus({ preventScroll: true })
  }, [ready])

  const openFind = () => {
    const selected = getSelection()?.toString().trim() ?? ''
    const words = selected && selected.length < 80 && !selected.includes('\n') ? selected : (finding?.query ?? '')
    setFinding({ query: words, focusCount: (finding?.focusCount ?? 0) + 1 })
    if (words && words !== finding?.query) view?.find(words)
  }
  const closeFind = () => {
    setFinding(undefined)
    view?.endFind()
    container.current?.focus({ preventScroll: true })
  }
  useReaderKeys({
    find: openFind,
    escape: () => {
      if (!finding) return false
      closeFind()
      return true
    },
    zoomBy: (steps) => view?.zoomBy(steps),
    zoomReset: () => view?.setZoom('auto'),
    nextPage: () => view?.nextPage(),
    previousPage: () => view?.previousPage(),
    turn: () => view?.turnClockwise(),
    scroller: () => container.current,
  })

  return (
    <ReaderFrame
      title={document.title}
      left={
        <ActionIcon
          aria-label={t(settings.thumbnails ? 'reader.thumbnails.hide' : 'reader.thumbnails.show')}
          title={t(settings.thumbnails ? 'reader.thumbnails.hide' : 'reader.thumbnails.show')}
          aria-pressed={settings.thumbnails}
          disabled={!ready}
          variant={settings.thumbnails ? 'light' : 'subtle'}
          onClick={() => settings.set({ thumbnails: !settings.thumbnails })}
        >
          <IconLayoutSidebar size={18} />
        </ActionIcon>
      }
      middle={<PageField page={pageNumber} pageCount={ready ? pageCount : 0} onPage={(page) => view?.goToPage(page)} />}
      right={
        <>
          <ZoomMenu
            scale={state.scale}
            zoom={zoom}
            onZoom={(chosen) => view?.setZoom(chosen)}
            onStep={(steps) => view?.zoomBy(steps)}
          />
          <ActionIcon
            aria-label={t('reader.rotate')}
            title={t('reader.rotate')}
            disabled={!ready}
            onClick={() => view?.turnClockwise()}
          >
            <IconRotateClockwise size={18} />
          </ActionIcon>
          {dark && <PaperMenu />}
          <FindButton disabled={!ready} onOpen={openFind} />
        </>
      }
      notices={
        <>
          <DocumentNotice document={document} />
          <HighlightNotice
            highlight={highlight}
            missing={missing}
            placed={mark !== undefined}
            onShow={() => (mark ? view?.showHighlight({ ...mark }) : highlight && goToPage(highlight.pageNumber))}
            onClear={() => clearHighlight(pageNumber)}
          />
          {ready && <RecognitionNotice document={document} pageNumber={pageNumber} />}
        </>
      }
    >
      {settings.thumbnails && state.document && (
        <PageThumbnails document={state.document} pageNumber={pageNumber} turn={state.turn} onPage={goToPage} />
      )}
      <div className={styles.stage} data-paper={dark ? settings.paper : 'white'}>
        <div ref={container} className={styles.container} tabIndex={-1} data-testid="pdf-container">
          <div ref={viewer} className="pdfViewer" />
        </div>
        {finding && (
          <FindBar
            progress={state.find}
            query={finding.query}
            focusCount={finding.focusCount}
            onQuery={(query) => {
              setFinding({ ...finding, query })
              view?.find(query)
            }}
            onAgain={(backwards) => view?.findAgain(backwards)}
            onClose={closeFind}
          />
        )}
        {phase === 'loading' && (
          <div className={styles.middle} role="status">
            <p className={styles.opening}>
              {state.loadedShare === undefined
                ? t('reader.loading')
                : t('reader.loadingShare', { share: format.percent(state.loadedShare) })}
            </p>
            <Meter share={state.loadedShare} label={t('reader.loading')} />
          </div>
        )}
        {phase === 'password' && view && (
          <div className={styles.middle}>
            <PasswordForm wrong={state.passwordWrong} onPassword={(password) => view.givePassword(password)} />
          </div>
        )}
        {phase === 'failed' && state.failure && (
          <div className={styles.middle}>
            <FailureNote
              failure={state.failure}
              actions={
                <Button size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
                  {t('common.retry')}
                </Button>
              }
            />
          </div>
        )}
      </div>
      <SelectionActions within={container} documentId={documentId} />
      <ConfirmDialog
        opened={state.externalLink !== undefined}
        title={t('reader.leave.title')}
        body={
          <>
            {t('reader.leave.body')}
            <span className={styles.address}>{state.externalLink}</span>
          </>
        }
        confirmLabel={t('reader.leave.confirm')}
        harmless
        onConfirm={() => {
          window.open(state.externalLink, '_blank', 'noopener,noreferrer')
          view?.forgetExternalLink()
        }}
        onClose={() => view?.forgetExternalLink()}
      />
    </ReaderFrame>
  )
}
