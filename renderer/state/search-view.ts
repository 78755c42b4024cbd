import { create } from 'zustand'
import type { MediaType } from '#contract/documents.ts'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import type { SearchMode } from '#contract/search.ts'

/** What is searched or asked; nothing chosen is the whole library. */
export interface ScopeChoice {
  documentIds: readonly DocumentId[]
  collectionIds: readonly CollectionId[]
}

/** Kinds of files as a person tells them apart. */
export const FILE_KINDS = {
  pdf: ['application/pdf'],
  web: ['text/html', 'multipart/related'],
  book: ['application/epub+zip'],
  office: [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
  notes: ['text/plain', 'text/markdown'],
  picture: ['image/png', 'image/jpeg', 'image/webp'],
} as const satisfies Record<string, readonly MediaType[]>
export type FileKind = keyof typeof FILE_KINDS

/** How long ago documents were added, in days. */
export const ADDED_WITHIN = { day: 1, week: 7, month: 30, year: 365 } as const
export type AddedWithin = keyof typeof ADDED_WITHIN

export interface SearchFilters {
  kinds: readonly FileKind[]
  language: 'en' | 'hi' | undefined
  addedWithin: AddedWithin | undefined
}

export const NO_FILTERS: SearchFilters = { kinds: [], language: undefined, addedWithin: undefined }

export function isFiltered({ kinds, language, addedWithin }: SearchFilters): boolean {
  return kinds.length > 0 || language !== undefined || addedWithin !== undefined
}

interface SearchViewState {
  mode: SearchMode
  grouped: boolean
  scope: ScopeChoice
  filters: SearchFilters
  setMode(mode: SearchMode): void
  setGrouped(grouped: boolean): void
  setScope(scope: ScopeChoice): void
  setFilters(filters: SearchFilters): void
  /** Takes deleted documents and collections out of the scope, which would otherwise find nothing in silence. */
  forget(gone: ReadonlySet<string>): void
}

/** How the library is searched; the words themselves stand in the address. */
export const useSearchView = create<SearchViewState>((set) => ({
  mode: 'hybrid',
  grouped: false,
  scope: { documentIds: [], collectionIds: [] },
  filters: NO_FILTERS,
  setMode: (mode) => set({ mode }),
  setGrouped: (grouped) => set({ grouped }),
  setScope: (scope) => set({ scope }),
  setFilters: (filters) => set({ filters }),
  forget: (gone) =>
    set(({ scope }) => ({
      scope: {
        documentIds: scope.documentIds.filter((id) => !gone.has(id)),
        collectionIds: scope.collectionIds.filter((id) => !gone.has(id)),
      },
    })),
}))
