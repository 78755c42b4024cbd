import { Button } from '@mantine/core'
import { IconBooks, IconFilterOff, IconFolderOpen, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { useLibraryView } from '../../state/library-view.ts'
import { useSearchView } from '../../state/search-view.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { sectionOf } from '../jobs/index.ts'
import { newQuizPath } from '../quiz/index.ts'
import { CollectionList } from './collection-list.tsx'
import type { DocumentRowActions } from './document-row.tsx'
import { DocumentTable } from './document-table.tsx'
import { filterDocuments, isWorking } from './filter-documents.ts'
import { ImportReportPanel } from './import-report.tsx'
import { type LibraryDialog, LibraryDialogs } from './library-dialogs.tsx'
import styles from './library-page.module.css'
import { FilterToolbar, SelectionToolbar } from './library-toolbar.tsx'
import { NewFilesNotice } from './new-files-notice.tsx'
import { UploadProgress } from './upload-progress.tsx'
import { useDeletion } from './use-deletion.ts'
import { useImport } from './use-import.ts'
import { useLibraryActions } from './use-library-actions.ts'

/** The import that works on each document now. */
export function activeImports(jobs: readonly Job[]): Map<DocumentId, Job> {
  const active = new Map<DocumentId, Job>()
  for (const job of jobs) {
    const section = sectionOf(job)
    if (job.documentId && (section === 'running' || section === 'waiting')) active.set(job.documentId, job)
  }
  return active
}

/** Everything the person brought: found, sorted, imported, kept in collections, deleted. */
export function LibraryPage() {
  const { t } = useTranslation()
  const view = useLibraryView()
  const { chooseFiles, importSample, replaceWithFile } = useImport()
  const actions = useLibraryActions()
  const remove = useDeletion()
  const [dialog, setDialog] = useState<LibraryDialog>()
  useReturnFocus(dialog !== undefined)
  const documentsQuery = useQuery(orpc.documents.list.queryOptions())
  const { data: collections = [] } = useQuery(orpc.documents.collections.queryOptions())
  const { data: jobList } = useQuery(jobsQuery())
  const documents = documentsQuery.data
  const jobs = useMemo(() => activeImports(jobList?.jobs ?? []), [jobList])
  const { text, status, sort, collection, selected } = view
  const shown = useMemo(
    () => filterDocuments(documents ?? [], { text, status, sort, collection }),
    [documents, text, status, sort, collection],
  )
  const shownSelected = shown.filter(({ id }) => selected.has(id))
  const stoppable = shownSelected.filter(isWorking)
  const retryable = shownSelected.filter(({ status: now }) => now === 'failed' || now === 'cancelled')
  const isEmpty = documents?.length === 0 && collections.length === 0
  const openCollectionId = collection === 'all' || collection === 'none' ? undefined : collection

  // Rows are memoised; they call through this, which sees the newest state.
  const latest = useRef({ shown, lastSelected: undefined as DocumentId | undefined })
  useEffect(() => {
    latest.current.shown = shown
  }, [shown])
  const rowActions = useMemo<DocumentRowActions>(() => {
    const quizFrom = (chosen: Document[]) => navigate(newQuizPath({ documentIds: chosen.map(({ id }) => id) }))
    const searchIn = (chosen: Document[]) => {
      const searchable = chosen.filter(({ chunkCount }) => chunkCount > 0)
      useSearchView.getState().setScope({ documentIds: searchable.map(({ id }) => id), collectionIds: [] })
      navigate('/search')
    }
    return {
      quizFrom,
      searchIn,
      cancel: ({ id }) => actions.cancel.mutate({ documentId: id }),
      retry: ({ id }) => actions.retry.mutate({ documentId: id }),
      unlock: (document) => setDialog({ type: 'unlock', document }),
      replace: (document) => void replaceWithFile(document.id),
      rename: (document) => setDialog({ type: 'rename', document }),
      remove: (chosen) => {
        remove(chosen)
        useLibraryView.getState().clearSelection()
      },
      createCollectionFor: (chosen) => setDialog({ type: 'create-collection', documents: chosen }),
      move: (chosen, collectionId) => actions.move.mutate({ documentIds: chosen.map(({ id }) => id), collectionId }),
      select: (document, on, withShift) => {
        const ids = latest.current.shown.map(({ id }) => id)
        const from = latest.current.lastSelected ? ids.indexOf(latest.current.lastSelected) : -1
        const to = ids.indexOf(document.id)
        const range = withShift && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [document.id]
        latest.current.lastSelected = document.id
        useLibraryView.getState().select(range, on)
      },
    }
  }, [actions.cancel.mutate, actions.retry.mutate, actions.move.mutate, remove, replaceWithFile])

  const moveSelected = (collectionId: CollectionId | null) => {
    rowActions.move(shownSelected, collectionId)
    view.clearSelection()
  }
  const actionError = actions.cancel.error ?? actions.retry.error ?? (dialog ? undefined : actions.move.error)
  return (
    <PageFrame
      title={t('library.title')}
      width="wide"
      actions={
        !isEmpty && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => void chooseFiles(openCollectionId)}>
            {t('library.add')}
          </Button>
        )
      }
    >
      <UploadProgress />
      <NewFilesNotice />
      <ImportReportPanel />
      {actionError && <FailureNote failure={failureOf(actionError)} />}
      <PageWaiting query={documentsQuery} height={420} />
      {isEmpty && (
        <div className={styles.frame}>
          <EmptyState
            icon={<IconBooks size={26} />}
            title={t('library.empty.title')}
            body={t('library.empty.body')}
            actions={
              <>
                <Button onClick={() => void chooseFiles()}>{t('library.add')}</Button>
                <Button variant="default" onClick={() => void importSample()}>
                  {t('library.empty.sample')}
                </Button>
              </>
            }
          />
        </div>
      )}
      {documents && !isEmpty && (
        <div className={styles.columns}>
          <CollectionList
            collections={collections}
            documentCount={documents.length}
            uncollectedCount={documents.filter(({ collectionId }) => collectionId === undefined).length}
            choice={collection}
            onChoose={view.openCollection}
            onCreate={() => setDialog({ type: 'create-collection', documents: [] })}
            onRename={(target) => setDialog({ type: 'rename-collection', collection: target })}
            onDelete={(target) => setDialog({ type: 'delete-collection', collection: target })}
          />
          <div className={styles.main}>
            {shownSelected.length > 0 ? (
              <SelectionToolbar
                count={shownSelected.length}
                collections={collections}
                canStop={stoppable.length > 0}
                onStop={() => {
                  for (const document of stoppable) rowActions.cancel(document)
                  view.clearSelection()
                }}
                canRetry={retryable.length > 0}
                onRetry={() => {
                  for (const document of retryable) rowActions.retry(document)
                  view.clearSelection()
                }}
                onSearch={() => rowActions.searchIn(shownSelected)}
                onQuiz={() => rowActions.quizFrom(shownSelected)}
                onMove={moveSelected}
                onCreateCollection={() => rowActions.createCollectionFor(shownSelected)}
                onDelete={() => rowActions.remove(shownSelected)}
              />
            ) : (
              <FilterToolbar />
            )}
            {shown.length > 0 ? (
              <DocumentTable
                key={`${collection} ${status} ${sort}`}
                documents={shown}
                jobs={jobs}
                selected={selected}
                collections={collections}
                showCollection={collections.length > 0 && (collection === 'all' || collection === 'none')}
                actions={rowActions}
                onSelectAll={(on) =>
                  view.select(
                    shown.map(({ id }) => id),
                    on,
                  )
                }
              />
            ) : (
              <div className={styles.frame}>
                {text || status !== 'all' || collection === 'none' || collection === 'all' ? (
                  <EmptyState
                    icon={<IconFilterOff size={26} />}
                    title={t('library.noMatch.title')}
                    body={t('library.noMatch.body')}
                    actions={
                      <Button variant="default" onClick={() => view.set({ text: '', status: 'all' })}>
                        {t('library.noMatch.clear')}
                      </Button>
                    }
                  />
                ) : (
                  <EmptyState
                    icon={<IconFolderOpen size={26} />}
                    title={t('library.emptyCollection.title')}
                    body={t('library.emptyCollection.body')}
                  />
                )}
              </div>
            )}
          </div>
        </div>
      )}
      <LibraryDialogs
        key={dialog?.type}
        dialog={dialog}
        actions={actions}
        onDone={() => {
          view.clearSelection()
          if (dialog?.type === 'delete-collection') view.openCollection('all')
        }}
        onClose={() => {
          setDialog(undefined)
          for (const mutation of Object.values(actions)) mutation.reset()
        }}
      />
    </PageFrame>
  )
}
