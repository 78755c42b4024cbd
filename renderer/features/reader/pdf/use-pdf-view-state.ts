import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { PdfView, PdfViewState } from './pdf-view.ts'

/** What stands before the first effect has opened the file. */
const notOpenedYet = createStore<PdfViewState>(() => ({
  phase: 'loading',
  loadedShare: undefined,
  passwordWrong: false,
  failure: undefined,
  document: undefined,
  pageCount: 0,
  pageNumber: 1,
  scale: 1,
  zoom: 'auto',
  turn: 0,
  find: { state: 'idle', current: 0, total: 0 },
  externalLink: undefined,
}))

export function usePdfViewState(view: PdfView | undefined): PdfViewState {
  return useStore(view?.store ?? notOpenedYet)
}
