import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ImportOutcome } from '#contract/documents.ts'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import { client, failureOf, orpc, uploadFiles } from '../../client/index.ts'
import type { UploadedFile } from '../../client/upload-files.ts'
import { useUploads } from '../../state/uploads.ts'
import { isReadable, pickFiles } from './pick-files.ts'

function refresh(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: orpc.documents.key() })
  void queryClient.invalidateQueries({ queryKey: orpc.jobs.key() })
}

/** Adds files to the library: copies them in, queues their import, and reports what became of each. */
export function useImport() {
  const queryClient = useQueryClient()

  /** Copies files to the host and has them taken in by `take`. */
  const addUploads = useCallback(
    async (
      readable: readonly File[],
      rejected: string[],
      take: (uploads: UploadedFile[], signal: AbortSignal) => Promise<ImportOutcome[]>,
    ): Promise<ImportOutcome[]> => {
      const { begin, progress, end, setReport } = useUploads.getState()
      const abort = new AbortController()
      const totalBytes = readable.reduce((sum, file) => sum + file.size, 0)
      const id = begin({ fileCount: readable.length, doneBytes: 0, totalBytes, abort })
      setReport(undefined)
      try {
        const uploads = await uploadFiles(readable, (doneBytes) => progress(id, doneBytes), abort.signal)
        const outcomes = await take(uploads, abort.signal)
        setReport({ outcomes, rejected, failure: undefined })
        return outcomes
      } catch (error) {
        // Stopped by the person: nothing was taken in, and nothing needs explaining.
        if (!abort.signal.aborted) setReport({ outcomes: [], rejected, failure: failureOf(error) })
        return []
      } finally {
        end(id)
        refresh(queryClient)
      }
    },
    [queryClient],
  )

  const importFiles = useCallback(
    async (
      files: readonly File[],
      collectionId?: CollectionId,
      emptyFolders: readonly string[] = [],
    ): Promise<ImportOutcome[]> => {
      const readable = files.filter((file) => isReadable(file.name))
      const rejected = [...files.filter((file) => !isReadable(file.name)).map((file) => file.name), ...emptyFolders]
      if (readable.length === 0) {
        if (rejected.length > 0) useUploads.getState().setReport({ outcomes: [], rejected, failure: undefined })
        return []
      }
      return addUploads(readable, rejected, (uploads, signal) =>
        client.documents.importUploads({ uploads, ...(collectionId ? { collectionId } : {}) }, { signal }),
      )
    },
    [addUploads],
  )

  const chooseFiles = useCallback(
    async (collectionId?: CollectionId) => importFiles(await pickFiles(), collectionId),
    [importFiles],
  )

  /** Asks for the file that is a document's new version, and has it read. */
  const replaceWithFile = useCallback(
    async (documentId: DocumentId) => {
      const [file] = await pickFiles({ multiple: false })
      if (file) {
        await addUploads([file], [], async ([upload], signal) =>
          upload ? [await client.documents.replace({ documentId, file: upload }, { signal })] : [],
        )
      }
    },
    [addUploads],
  )

  const importSample = useCallback(async (): Promise<ImportOutcome[]> => {
    const { setReport } = useUploads.getState()
    try {
      const outcomes = await client.documents.importSample()
      setReport({ outcomes, rejected: [], failure: undefined })
      return outcomes
    } catch (error) {
      setReport({ outcomes: [], rejected: [], failure: failureOf(error) })
      return []
    } finally {
      refresh(queryClient)
    }
  }, [queryClient])

  return { importFiles, chooseFiles, importSample, replaceWithFile }
}
