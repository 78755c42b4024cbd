import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'
import { withDocuments } from '../../state/live-updates.ts'
import { useSearchView } from '../../state/search-view.ts'
import { notify } from '../../ui/notify.tsx'

const EDITABLE = 'input, textarea, select, [contenteditable="true"]'

/** Deletes documents at once, and undoes it: by the notice, or by Ctrl+Z for the deletions made here, the last one first. */
export function useDeletion(): (documents: readonly Document[]) => void {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const deletions = useRef<DocumentId[][]>([])
  const refresh = useCallback(() => {
    void queryClient.invalidateQueries({ queryKey: orpc.documents.key() })
    void queryClient.invalidateQueries({ queryKey: orpc.search.key() })
  }, [queryClient])

  const { mutate: restore } = useMutation(
    orpc.documents.restore.mutationOptions({
      meta: { failureTitle: 'library.deleted.undoFailed' },
      onSettled: refresh,
    }),
  )
  const undo = useCallback(
    (documentIds: DocumentId[]) => {
      deletions.current = deletions.current.filter((each) => each !== documentIds)
      restore({ documentIds })
    },
    [restore],
  )
  const { mutate: remove } = useMutation(
    orpc.documents.delete.mutationOptions({ meta: { failureTitle: 'library.deleted.failed' }, onSettled: refresh }),
  )

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'z'
      if (!isUndo || (event.target instanceof Element && event.target.closest(EDITABLE))) return
      const last = deletions.current.at(-1)
      if (!last) return
      event.preventDefault()
      undo(last)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo])

  return useCallback(
    (documents) => {
      const documentIds = documents.map(({ id }) => id)
      if (documentIds.length === 0) return
      remove(
        { documentIds },
        {
          onSuccess: () => {
            const removed = new Map(documentIds.map((id) => [id, undefined]))
            queryClient.setQueryData<Document[]>(
              orpc.documents.list.queryKey(),
              (list) => list && withDocuments(list, removed),
            )
            useSearchView.getState().forget(new Set(documentIds))
            deletions.current.push(documentIds)
            notify({
              title: t('library.deleted.title', { count: documents.length, title: documents[0]?.title ?? '' }),
              message: t('library.deleted.message'),
              action: { label: t('common.undo'), run: () => undo(documentIds) },
            })
          },
        },
      )
    },
    [queryClient, remove, t, undo],
  )
}
