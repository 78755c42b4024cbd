import { create } from 'zustand'
import type { ImportOutcome } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'

/** Files on their way from this window into the library. */
export interface Upload {
  id: number
  fileCount: number
  doneBytes: number
  totalBytes: number
  abort: AbortController
}

/** What became of the files given last. */
export interface ImportReport {
  outcomes: ImportOutcome[]
  /** Names of files of a kind the library cannot read. */
  rejected: string[]
  /** The whole batch failed. */
  failure: Failure | undefined
}

interface UploadsState {
  uploads: Upload[]
  report: ImportReport | undefined
  begin(upload: Omit<Upload, 'id'>): number
  progress(id: number, doneBytes: number): void
  end(id: number): void
  setReport(report: ImportReport | undefined): void
}

export const useUploads = create<UploadsState>((set, get) => ({
  uploads: [],
  report: undefined,
  begin(upload) {
    const id = Math.max(0, ...get().uploads.map((other) => other.id)) + 1
    set((state) => ({ uploads: [...state.uploads, { ...upload, id }] }))
    return id
  },
  progress: (id, doneBytes) =>
    set((state) => ({
      uploads: state.uploads.map((upload) => (upload.id === id ? { ...upload, doneBytes } : upload)),
    })),
  end: (id) => set((state) => ({ uploads: state.uploads.filter((upload) => upload.id !== id) })),
  setReport: (report) => set({ report }),
}))
