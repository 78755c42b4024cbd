import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { StoreApi } from 'zustand/vanilla'
import type { Box } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import type { FindProgress } from '../find-progress.ts'
import type { Turn } from '../place-boxes.ts'
import type { Zoom } from '../zoom.ts'

/** What the page around a PDF needs to know of it. */
export interface PdfViewState {
  phase: 'loading' | 'password' | 'ready' | 'failed'
  /** 0..1 while loading, when the file's size is known. */
  loadedShare: number | undefined
  /** A password was given and it was not the right one. */
  passwordWrong: boolean
  failure: Failure | undefined
  document: PDFDocumentProxy | undefined
  pageCount: number
  pageNumber: number
  /** 1 is 72 points to 96 pixels. */
  scale: number
  zoom: Zoom
  turn: Turn
  find: FindProgress
  /** An address of the outer world that was clicked and awaits a yes. */
  externalLink: string | undefined
}

/** A stretch of a page to mark, in points from the top left of the page as shown. */
export interface PdfHighlight {
  pageNumber: number
  pageWidth: number
  pageHeight: number
  boxes: readonly Box[]
}

/** An open PDF: what can be done with it. Its state is in `store`. */
export interface PdfView {
  readonly store: StoreApi<PdfViewState>
  goToPage(pageNumber: number): void
  nextPage(): void
  previousPage(): void
  setZoom(zoom: Zoom): void
  zoomBy(steps: number): void
  turnClockwise(): void
  givePassword(password: string): void
  find(query: string): void
  findAgain(backwards: boolean): void
  endFind(): void
  /** Marks a stretch and brings it into view; undefined takes the mark away. */
  showHighlight(highlight: PdfHighlight | undefined): void
  forgetExternalLink(): void
  /** Names the pages for screen readers, in the language on screen. */
  labelPages(label: (pageNumber: number) => string): void
  close(): void
}
