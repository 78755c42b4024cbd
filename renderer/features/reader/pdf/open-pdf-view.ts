import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist'
import { createStore } from 'zustand/vanilla'
import { withoutAttachmentLock } from '#contract/attachment-lock.ts'
import type { FindProgress } from '../find-progress.ts'
import type { Turn } from '../place-boxes.ts'
import type { Zoom } from '../zoom.ts'
import { describePdfFailure } from './describe-pdf-failure.ts'
import { drawHighlight, keepHighlight, scrollToHighlight } from './highlight-layer.ts'
import { DOCUMENT_OPTIONS, loadPdfjs, type PdfjsApi, type PdfjsViewer } from './load-pdfjs.ts'
import type { PdfHighlight, PdfView, PdfViewState } from './pdf-view.ts'

const SMALLEST_SCALE = 0.25
const LARGEST_SCALE = 5
/** pdfjs's FindState, by number. */
const FIND_STATES = ['found', 'missing', 'wrapped', 'pending'] as const

export interface PdfViewOptions {
  /** Scrolls; absolutely positioned. */
  container: HTMLDivElement
  /** Inside the container; pdfjs puts the pages here. */
  viewer: HTMLDivElement
  file: { url: string; headers: Record<string, string> }
  initial: { pageNumber: number; zoom: Zoom }
}

/**
 * Opens a PDF in the page with pdfjs's own viewer: pages drawn as they come
 * into view, text that can be selected and found. Links to the outer world wait
 * for a yes; scripts and forms of the file never run.
 */
export function openPdfView({ container, viewer, file, initial }: PdfViewOptions): PdfView {
  const closed = new AbortController()
  const { signal } = closed
  const store = createStore<PdfViewState>(() => ({
    phase: 'loading',
    loadedShare: undefined,
    passwordWrong: false,
    failure: undefined,
    document: undefined,
    pageCount: 0,
    pageNumber: initial.pageNumber,
    scale: 1,
    zoom: initial.zoom,
    turn: 0,
    find: { state: 'idle', current: 0, total: 0 },
    externalLink: undefined,
  }))
  let task: PDFDocumentLoadingTask | undefined
  let parts: ViewerParts | undefined
  let answerPassword: ((password: string) => void) | undefined
  let highlight: PdfHighlight | undefined
  let pageLabel: (pageNumber: number) => string = String
  /** The highlight still has to be brought into view: pages change their height as they are drawn. */
  let scrollPending = false
  let query = ''

  const pageDivs = () => [...viewer.querySelectorAll<HTMLElement>(':scope > .page')]
  const namePages = () => {
    for (const [i, div] of pageDivs().entries()) {
      div.dataset.page = String(i + 1)
      div.setAttribute('aria-label', pageLabel(i + 1))
    }
  }
  const bringIntoView = () => {
    if (highlight) scrollToHighlight(container, pageDivs()[highlight.pageNumber - 1])
  }
  // Whoever scrolls by hand is not pulled back.
  for (const type of ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const) {
    container.addEventListener(type, () => (scrollPending = false), { signal, passive: true })
  }

  async function open(): Promise<void> {
    const { api, viewer: library } = await loadPdfjs()
    if (signal.aborted) return
    const url = new URL(file.url, location.href).href
    const document = await openDocument(api, { url, httpHeaders: file.headers }, async () => {
      const response = await fetch(url, { headers: file.headers, signal })
      return withoutAttachmentLock(new Uint8Array(await response.arrayBuffer()))
    })
    if (signal.aborted || !document) return
    parts = assemble(api, library)
    parts.linkService.setDocument(document, null)
    parts.pdfViewer.setDocument(document)
    store.setState({ document, pageCount: document.numPages })
  }

  /** Asks for the password of a locked file, unless it can be opened without: `unlocked` is looked at once. */
  function openDocument(
    api: PdfjsApi,
    source: { url: string; httpHeaders: Record<string, string> } | { data: Uint8Array },
    unlocked?: () => Promise<Uint8Array | undefined>,
  ): Promise<PDFDocumentProxy | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<PDFDocumentProxy | undefined>()
    const opening = api.getDocument({ ...DOCUMENT_OPTIONS, ...source })
    task = opening
    opening.onProgress = ({ loaded, total }: { loaded: number; total: number }) => {
      if (total > 0) store.setState({ loadedShare: Math.min(1, loaded / total) })
    }
    const ask = (answer: (password: string) => void, reason: number) => {
      answerPassword = answer
      store.setState({ phase: 'password', passwordWrong: reason === api.PasswordResponses.INCORRECT_PASSWORD })
    }
    let looked = unlocked === undefined
    opening.onPassword = (answer: (password: string) => void, reason: number) => {
      if (looked) return ask(answer, reason)
      looked = true
      const open = unlocked?.().then((data) => {
        if (signal.aborted) return resolve(undefined)
        if (!data) return ask(answer, reason)
        resolve(openDocument(api, { data }))
        void opening.destroy()
      })
      open?.catch(reject)
    }
    opening.promise.then(resolve, (error) => {
      // Ended for the one that needs no password.
      if (task === opening) reject(error)
    })
    return promise
  }

  function assemble(api: PdfjsApi, library: PdfjsViewer): ViewerParts {
    const eventBus = new library.EventBus()
    const linkService = new library.PDFLinkService({
      eventBus,
      externalLinkTarget: library.LinkTarget.BLANK,
      externalLinkRel: 'noopener noreferrer nofollow',
      ignoreDestinationZoom: true,
    })
    const findController = new library.PDFFindController({ eventBus, linkService, delay: 120 })
    const pdfViewer = new library.PDFViewer({
      container,
      viewer,
      eventBus,
      linkService,
      findController,
      l10n: silentL10n as never,
      removePageBorders: true,
      annotationMode: api.AnnotationMode.ENABLE,
      annotationEditorMode: api.AnnotationEditorType.DISABLE,
      enableSelectionRendering: false,
      enableAutoLinking: false,
      // Missing in the declarations of 6.5, not in its code: ends the viewer's own listeners.
      ...({ abortSignal: signal } as object),
    })
    linkService.setViewer(pdfViewer)

    const redraw = () => keepHighlight(pageDivs(), highlight, store.getState().turn)
    eventBus.on('pagesinit', () => {
      namePages()
      pdfViewer.currentScaleValue = String(initial.zoom)
      if (initial.pageNumber > 1 && initial.pageNumber <= pdfViewer.pagesCount) {
        pdfViewer.currentPageNumber = initial.pageNumber
      }
      store.setState({ phase: 'ready', pageNumber: pdfViewer.currentPageNumber })
      redraw()
      bringIntoView()
    })
    eventBus.on('pagechanging', ({ pageNumber }: { pageNumber: number }) => store.setState({ pageNumber }))
    eventBus.on('scalechanging', ({ scale, presetValue }: { scale: number; presetValue?: string }) => {
      store.setState({ scale, zoom: (presetValue as Zoom | undefined) ?? scale })
      redraw()
    })
    eventBus.on('rotationchanging', ({ pagesRotation, pageNumber }: { pagesRotation: Turn; pageNumber: number }) => {
      store.setState({ turn: pagesRotation })
      if (highlight) drawHighlight(pageDivs(), highlight, pagesRotation)
      // Turned pages have another height: the one being read stays the one in view.
      pdfViewer.currentPageNumber = pageNumber
      if (highlight?.pageNumber === pageNumber) bringIntoView()
    })
    for (const event of ['pagerender', 'pagerendered', 'textlayerrendered']) eventBus.on(event, redraw)
    eventBus.on('pagerendered', ({ pageNumber }: { pageNumber: number }) => {
      if (!scrollPending || !highlight) return
      bringIntoView()
      if (pageNumber === highlight.pageNumber) scrollPending = false
    })
    const showFind = (state: FindProgress['state'] | undefined, count?: { current?: number; total?: number }) => {
      const { find } = store.getState()
      store.setState({
        find: {
          state: state ?? find.state,
          current: count?.current ?? find.current,
          total: count?.total ?? find.total,
        },
      })
    }
    eventBus.on('updatefindmatchescount', ({ matchesCount }: FindEvent) => showFind(undefined, matchesCount))
    eventBus.on('updatefindcontrolstate', ({ state, matchesCount }: FindEvent) =>
      showFind(state === undefined ? undefined : FIND_STATES[state], matchesCount),
    )

    container.addEventListener('click', (event) => askBeforeLeaving(event), { signal, capture: true })
    container.addEventListener('auxclick', (event) => askBeforeLeaving(event), { signal, capture: true })
    const resized = new ResizeObserver(() => {
      // A zoom by name ("page-width") is a width of the window: set again, it is measured again.
      const zoom = pdfViewer.currentScaleValue
      if (Number.isNaN(Number(zoom))) pdfViewer.currentScaleValue = zoom
    })
    resized.observe(container)
    signal.addEventListener('abort', () => resized.disconnect())
    return { eventBus, linkService, pdfViewer }
  }

  function askBeforeLeaving(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!(link instanceof HTMLAnchorElement)) return
    const leaves = link.protocol !== location.protocol || link.host !== location.host
    // Links within the file are followed by pdfjs; a second window would only show the app's front page.
    if (!leaves && event.type === 'click') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (leaves && /^(https?|mailto):$/.test(link.protocol)) store.setState({ externalLink: link.href })
  }

  function dispatchFind(type: '' | 'again', findPrevious: boolean): void {
    parts?.eventBus.dispatch('find', {
      source: parts,
      type,
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious,
      matchDiacritics: false,
    })
  }

  open().catch((error: unknown) => {
    if (!signal.aborted) store.setState({ phase: 'failed', failure: describePdfFailure(error) })
  })

  return {
    store,
    goToPage(pageNumber) {
      if (!parts) return
      scrollPending = false
      parts.pdfViewer.currentPageNumber = Math.min(Math.max(1, Math.trunc(pageNumber)), parts.pdfViewer.pagesCount)
    },
    nextPage: () => void parts?.pdfViewer.nextPage(),
    previousPage: () => void parts?.pdfViewer.previousPage(),
    setZoom(zoom) {
      if (parts) parts.pdfViewer.currentScaleValue = String(zoom)
    },
    zoomBy(steps) {
      if (!parts) return
      const { currentScale } = parts.pdfViewer
      if (steps > 0 ? currentScale < LARGEST_SCALE : currentScale > SMALLEST_SCALE)
        parts.pdfViewer.updateScale({ steps })
    },
    turnClockwise() {
      if (parts) parts.pdfViewer.pagesRotation = (parts.pdfViewer.pagesRotation + 90) % 360
    },
    givePassword(password) {
      answerPassword?.(password)
      answerPassword = undefined
      store.setState({ phase: 'loading', passwordWrong: false })
    },
    find(words) {
      query = words
      if (words) dispatchFind('', false)
      else this.endFind()
    },
    findAgain(backwards) {
      if (query) dispatchFind('again', backwards)
    },
    endFind() {
      query = ''
      parts?.eventBus.dispatch('findbarclose', { source: parts })
      store.setState({ find: { state: 'idle', current: 0, total: 0 } })
    },
    showHighlight(next) {
      highlight = next
      drawHighlight(pageDivs(), next, store.getState().turn)
      scrollPending = next !== undefined
      if (store.getState().phase === 'ready') bringIntoView()
    },
    forgetExternalLink: () => store.setState({ externalLink: undefined }),
    labelPages(label) {
      pageLabel = label
      namePages()
    },
    close() {
      closed.abort()
      parts?.pdfViewer.setDocument(null as never)
      parts?.linkService.setDocument(null as never, null)
      void task?.destroy()
    },
  }
}

interface ViewerParts {
  eventBus: InstanceType<PdfjsViewer['EventBus']>
  linkService: InstanceType<PdfjsViewer['PDFLinkService']>
  pdfViewer: InstanceType<PdfjsViewer['PDFViewer']>
}

interface FindEvent {
  state?: number
  matchesCount?: { current?: number; total?: number }
}

/**
 * pdfjs translates its own markup with Fluent, through innerHTML, which the
 * page's Trusted Types refuse. The few words that show are set by labelPages.
 */
const silentL10n = {
  getLanguage: () => 'en-us',
  getDirection: () => 'ltr',
  get: async (_ids: unknown, _args: unknown, fallback = '') => fallback,
  translate: async () => {},
  translateOnce: async () => {},
  destroy: async () => {},
  pause: () => {},
  resume: () => {},
}
