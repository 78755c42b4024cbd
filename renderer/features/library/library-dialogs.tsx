import { useTranslation } from 'react-i18next'
import type { Collection, Document } from '#contract/documents.ts'
import { failureOf } from '../../client/index.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { NameDialog } from '../../ui/name-dialog.tsx'
import { UnlockDialog } from './unlock-dialog.tsx'
import type { LibraryActions } from './use-library-actions.ts'

/** What the person is being asked; one question at a time. */
export type LibraryDialog =
  | { type: 'rename'; document: Document }
  | { type: 'unlock'; document: Document }
  | { type: 'create-collection'; documents: Document[] }
  | { type: 'rename-collection'; collection: Collection }
  | { type: 'delete-collection'; collection: Collection }

export function LibraryDialogs(props: {
  dialog: LibraryDialog | undefined
  actions: LibraryActions
  onDone(): void
  onClose(): void
}) {
  const { dialog, actions, onDone, onClose } = props
  const { t } = useTranslation()
  if (!dialog) return null
  const errorText = (error: unknown) => {
    if (!error) return undefined
    const { code } = failureOf(error)
    return code === 'bad-input' ? t('library.collections.exists') : t(`failures.${code}.title`)
  }
  const done = () => {
    onDone()
    onClose()
  }
  switch (dialog.type) {
    case 'rename':
      return (
        <NameDialog
          opened
          title={t('library.renameDialog.title')}
          label={t('library.renameDialog.label')}
          initialName={dialog.document.title}
          maxLength={300}
          confirmLabel={t('common.rename')}
          busy={actions.rename.isPending}
          error={actions.rename.error ? t(`failures.${failureOf(actions.rename.error).code}.title`) : undefined}
          onConfirm={(title) =>
            actions.rename.mutate({ documentId: dialog.document.id, title }, { onSuccess: onClose })
          }
          onClose={onClose}
        />
      )
    case 'unlock':
      return (
        <UnlockDialog
          title={dialog.document.title}
          busy={actions.unlock.isPending}
          failure={actions.unlock.error ? failureOf(actions.unlock.error) : undefined}
          onConfirm={(password) =>
            actions.unlock.mutate({ documentId: dialog.document.id, password }, { onSuccess: onClose })
          }
          onClose={onClose}
        />
      )
    case 'create-collection':
      return (
        <NameDialog
          opened
          title={t('library.collections.create')}
          label={t('library.collections.name')}
          placeholder={t('library.collections.namePlaceholder')}
          initialName=""
          maxLength={100}
          confirmLabel={t('common.create')}
          busy={actions.createCollection.isPending || actions.move.isPending}
          error={errorText(actions.createCollection.error ?? actions.move.error)}
          onConfirm={(name) =>
            actions.createCollection.mutate(
              { name },
              {
                onSuccess: ({ id: collectionId }) => {
                  const documentIds = dialog.documents.map(({ id }) => id)
                  if (documentIds.length === 0) onClose()
                  else actions.move.mutate({ documentIds, collectionId }, { onSuccess: done })
                },
              },
            )
          }
          onClose={onClose}
        />
      )
    case 'rename-collection':
      return (
        <NameDialog
          opened
          title={t('library.collections.rename')}
          label={t('library.collections.name')}
          initialName={dialog.collection.name}
          maxLength={100}
          confirmLabel={t('common.rename')}
          busy={actions.renameCollection.isPending}
          error={errorText(actions.renameCollection.error)}
          onConfirm={(name) =>
            actions.renameCollection.mutate({ collectionId: dialog.collection.id, name }, { onSuccess: onClose })
          }
          onClose={onClose}
        />
      )
    case 'delete-collection':
      return (
        <ConfirmDialog
          opened
          title={t('library.collections.deleteTitle', { name: dialog.collection.name })}
          body={t('library.collections.deleteBody')}
          confirmLabel={t('common.delete')}
          busy={actions.deleteCollection.isPending}
          failure={actions.deleteCollection.error ? failureOf(actions.deleteCollection.error) : undefined}
          onConfirm={() => actions.deleteCollection.mutate({ collectionId: dialog.collection.id }, { onSuccess: done })}
          onClose={onClose}
        />
      )
  }
}
