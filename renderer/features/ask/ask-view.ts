import { create } from 'zustand'
import type { AskEngine } from '#contract/ask.ts'
import type { ScopeChoice } from '../../state/search-view.ts'

interface AskViewState {
  draft: string
  engine: AskEngine
  scope: ScopeChoice
  set(change: Partial<Pick<AskViewState, 'draft' | 'engine' | 'scope'>>): void
}

/** The question box as it was left; kept while the app is open. */
export const useAskView = create<AskViewState>((set) => ({
  draft: '',
  engine: 'auto',
  scope: { documentIds: [], collectionIds: [] },
  set: (change) => set(change),
}))
