import { create } from 'zustand'
import type { DocumentId } from '#contract/ids.ts'

/** Where a passage stands, as the reader opens it. */
export interface FoundPassage {
  documentId: DocumentId
  page: number
  startOffset: number
  endOffset: number
}

interface FoundPassagesState {
  /** What was searched. */
  query: string
  passages: readonly FoundPassage[]
  setFound(query: string, passages: readonly FoundPassage[]): void
  close(): void
}

/** The passages of the last search in the order they were shown, so that the reader can go from one to the next. */
export const useFoundPassages = create<FoundPassagesState>((set) => ({
  query: '',
  passages: [],
  setFound: (query, passages) => set({ query, passages }),
  close: () => set({ query: '', passages: [] }),
}))
