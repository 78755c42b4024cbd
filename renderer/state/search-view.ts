import { create } from 'zustand'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import type { SearchMode } from '#contract/search.ts'

/** What is searched or asked; nothing chosen is the whole library. */
export interface ScopeChoice {
  documentIds: readonly DocumentId[]
  collectionIds: readonly CollectionId[]
}

interface SearchViewState {
  mode: SearchMode
  grouped: boolean
  scope: ScopeChoice
  setMode(mode: SearchMode): void
  setGrouped(grouped: boolean): void
  setScope(scope: ScopeChoice): void
  /** Takes deleted documents and collections out of the scope, which would otherwise find nothing in silence. */
  forget(gone: ReadonlySet<string>): void
}

/** How the library is searched; the words themselves stand in the address. */
export const useSearchView = create<SearchViewState>((set) => ({
  mode: 'hybrid',
  grouped: false,
  scope: { documentIds: [], collectionIds: [] },
  setMode: (mode) => set({ mode }),
  setGrouped: (grouped) => set({ grouped }),
  setScope: (scope) => set({ scope }),
  forget: (gone) =>
    set(({ scope }) => ({
      scope: {
        documentIds: scope.documentIds.filter((id) => !gone.has(id)),
        collectionIds: scope.collectionIds.filter((id) => !gone.has(id)),
      },
    })),
}))
