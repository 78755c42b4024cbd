import { create } from 'zustand'
import type { CollectionId, DocumentId } from '#contract/ids.ts'

export type StatusFilter = 'all' | 'ready' | 'working' | 'attention'
export type SortOrder = 'added' | 'title' | 'pages' | 'updated'
/** `all` and `none` (in no collection) are not ids. */
export type CollectionChoice = 'all' | 'none' | CollectionId

interface LibraryViewState {
  text: string
  status: StatusFilter
  sort: SortOrder
  collection: CollectionChoice
  selected: ReadonlySet<DocumentId>
  set(change: Partial<Pick<LibraryViewState, 'text' | 'status' | 'sort'>>): void
  openCollection(collection: CollectionChoice): void
  select(ids: readonly DocumentId[], selected: boolean): void
  clearSelection(): void
}

/** How the library is looked at; kept while the app is open. */
export const useLibraryView = create<LibraryViewState>((set) => ({
  text: '',
  status: 'all',
  sort: 'added',
  collection: 'all',
  selected: new Set(),
  set: (change) => set(change),
  openCollection: (collection) => set({ collection, selected: new Set() }),
  select: (ids, selected) =>
    set((state) => {
      const next = new Set(state.selected)
      for (const id of ids) {
        if (selected) next.add(id)
        else next.delete(id)
      }
      return { selected: next }
    }),
  clearSelection: () => set({ selected: new Set() }),
}))
