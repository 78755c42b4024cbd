import { create } from 'zustand'
import type { AskEngine, Selection } from '#contract/ask.ts'
import type { ScopeChoice } from '../../state/search-view.ts'

interface AskViewState {
  draft: string
  engine: AskEngine
  scope: ScopeChoice
  /** A stretch marked in the reader: it alone is asked, until it is let go. */
  selection: Selection | undefined
  set(change: Partial<Pick<AskViewState, 'draft' | 'engine' | 'scope' | 'selection'>>): void
}

/** The question box as it was left; kept while the app is open. */
export const useAskView = create<AskViewState>((set) => ({
  draft: '',
  engine: 'auto',
  scope: { documentIds: [], collectionIds: [] },
  selection: undefined,
  set: (change) => set(change),
}))
