import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Document } from '#contract/documents.ts'
import { orpc } from '../../client/index.ts'
import { withDocuments } from '../../state/live-updates.ts'
import { useSearchView } from '../../state/search-view.ts'

/** What a person can do to documents and collections; lists show the outcome at once. */
export function useLibraryActions() {
  const queryClient = useQueryClient()
  const showDocument = (document: Document) =>
    queryClient.setQueryData<Document[]>(
      orpc.documents.list.queryKey(),
      (list) => list && withDocuments(list, new Map([[document.id, document]])),
    )
  const refresh = () => queryClient.invalidateQueries({ queryKey: orpc.documents.key() })

  const retry = useMutation(orpc.documents.retry.mutationOptions({ onSuccess: showDocument }))
  const unlock = useMutation(orpc.documents.unlock.mutationOptions({ onSuccess: showDocument, gcTime: 0 }))
  const cancel = useMutation(orpc.documents.cancel.mutationOptions({ onSuccess: showDocument }))
  const rename = useMutation(orpc.documents.rename.mutationOptions({ onSuccess: showDocument }))
  const move = useMutation(orpc.documents.move.mutationOptions({ onSuccess: refresh }))
  const createCollection = useMutation(orpc.documents.createCollection.mutationOptions({ onSuccess: refresh }))
  const renameCollection = useMutation(orpc.documents.renameCollection.mutationOptions({ onSuccess: refresh }))
  const deleteCollection = useMutation(
    orpc.documents.deleteCollection.mutationOptions({
      onSuccess: (_result, { collectionId }) => {
        useSearchView.getState().forget(new Set([collectionId]))
        return refresh()
      },
    }),
  )
  return { retry, unlock, cancel, rename, move, createCollection, renameCollection, deleteCollection }
}

export type LibraryActions = ReturnType<typeof useLibraryActions>
