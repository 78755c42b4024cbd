import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { DocumentId } from '#contract/ids.ts'
import type { Zoom } from './zoom.ts'

export const PAPERS = ['white', 'dim', 'inverted'] as const
/** How the pages of a PDF look in the dark theme; in the light theme they are always white. */
export type Paper = (typeof PAPERS)[number]

/** Places remembered before the oldest is forgotten. */
const PLACES_KEPT = 300

interface ReaderViewState {
  thumbnails: boolean
  paper: Paper
  zoom: Zoom
  /** Of text documents: a factor of the app's reading size. */
  textSize: number
  /** The page where each document was left, newest last. */
  places: readonly { documentId: DocumentId; page: number }[]
  set(change: Partial<Pick<ReaderViewState, 'thumbnails' | 'paper' | 'zoom' | 'textSize'>>): void
  leaveAt(documentId: DocumentId, page: number): void
}

/** How documents are read on this machine; kept over restarts. */
export const useReaderView = create<ReaderViewState>()(
  persist(
    (set) => ({
      thumbnails: false,
      paper: 'white',
      zoom: 'auto',
      textSize: 1,
      places: [],
      set: (change) => set(change),
      leaveAt: (documentId, page) =>
        set(({ places }) => ({
          places: [...places.filter((place) => place.documentId !== documentId), { documentId, page }].slice(
            -PLACES_KEPT,
          ),
        })),
    }),
    { name: 'abhyas.reader' },
  ),
)

/** The page where a document was left, else its first. */
export function placeLeft(documentId: DocumentId): number {
  return useReaderView.getState().places.find((place) => place.documentId === documentId)?.page ?? 1
}
